import { AceType } from './ace.ts';

/** What stands in an ACE beside mask and SID. */
export type AceForm = 'plain' | 'object' | 'callback' | 'callbackObject' | 'attribute' | 'opaque';

const FORMS: readonly AceForm[] = (() => {
  const forms: AceForm[] = [];
  const is = (form: AceForm, ...types: AceType[]) => {
    for (const type of types) forms[type] = form;
  };
  is('plain', AceType.AccessAllowed, AceType.AccessDenied, AceType.SystemAudit, AceType.SystemAlarm);
  is('opaque', AceType.AccessAllowedCompound);
  is('object', AceType.AccessAllowedObject, AceType.AccessDeniedObject);
  is('object', AceType.SystemAuditObject, AceType.SystemAlarmObject);
  is('callback', AceType.AccessAllowedCallback, AceType.AccessDeniedCallback);
  is('callback', AceType.SystemAuditCallback, AceType.SystemAlarmCallback, AceType.SystemAccessFilter);
  is('callbackObject', AceType.AccessAllowedCallbackObject, AceType.AccessDeniedCallbackObject);
  is('callbackObject', AceType.SystemAuditCallbackObject, AceType.SystemAlarmCallbackObject);
  is('plain', AceType.SystemMandatoryLabel, AceType.SystemScopedPolicyId, AceType.SystemProcessTrustLabel);
  is('attribute', AceType.SystemResourceAttribute);
  return forms;
})();

/** The form of an ACE by its type, 0 to 255; types that are not in `AceType` are opaque. */
export function aceForm(type: number): AceForm {
  return FORMS[type] ?? 'opaque';
}

export function hasObjectTypes(form: AceForm): boolean {
  return form === 'object' || form === 'callbackObject';
}

export function hasCondition(form: AceForm): boolean {
  return form === 'callback' || form === 'callbackObject';
}

const ACCESS_TYPES: readonly (true | undefined)[] = (() => {
  const types: (true | undefined)[] = [];
  for (const [name, type] of Object.entries(AceType)) if (name.startsWith('Access')) types[type] = true;
  return types;
})();

/** Whether a type belongs in a SACL: all that neither allow nor deny. */
export function isSystemType(type: number): boolean {
  return ACCESS_TYPES[type] !== true;
}

/** `ACE_OBJECT_TYPE_PRESENT` and `ACE_INHERITED_OBJECT_TYPE_PRESENT`. @see [MS-DTYP] 2.4.4.3 */
export const ObjectFlags = { ObjectType: 1, InheritedObjectType: 2 } as const;
