import { type CimClass, defineClass } from '@wmisec/wbem';

/** The system classes in which WMI spells out a security descriptor, `__SecurityRelatedClass` and below. */
export interface SecurityClasses {
  readonly related: CimClass;
  readonly trustee: CimClass;
  readonly ace: CimClass;
  readonly descriptor: CimClass;
}

/**
 * Makes the four classes; a service puts them into each namespace.
 * @see docs/rules.md 9.8
 */
export function defineSecurityClasses(): SecurityClasses {
  const related = defineClass({ name: '__SecurityRelatedClass', qualifiers: { abstract: true } });
  const trustee = defineClass({
    name: '__Trustee',
    superclass: related,
    properties: {
      Domain: 'string',
      Name: 'string',
      SID: 'uint8[]',
      SidLength: 'uint32',
      SIDString: 'string',
      TIME_CREATED: 'uint64',
    },
  });
  const ace = defineClass({
    name: '__ACE',
    superclass: related,
    properties: {
      AccessMask: 'uint32',
      AceFlags: 'uint32',
      AceType: 'uint32',
      GuidInheritedObjectType: 'string',
      GuidObjectType: 'string',
      TIME_CREATED: 'uint64',
      Trustee: 'object:__Trustee',
    },
  });
  const descriptor = defineClass({
    name: '__SecurityDescriptor',
    superclass: related,
    properties: {
      ControlFlags: 'uint32',
      DACL: 'object:__ACE[]',
      Group: 'object:__Trustee',
      Owner: 'object:__Trustee',
      SACL: 'object:__ACE[]',
      TIME_CREATED: 'uint64',
    },
  });
  return { related, trustee, ace, descriptor };
}
