import { type CimInstance, type CimValue, instanceOf, parseGuid, WbemError, WbemStatus } from '@wmisec/wbem';
import type { Ace, AceType } from '../descriptor/ace.ts';
import {
  ABSENT_ACL,
  type Acl,
  Control,
  NULL_ACL,
  type SecurityDescriptor,
} from '../descriptor/security-descriptor.ts';
import { decodeSid } from '../sid/decode-sid.ts';
import { encodeSid } from '../sid/encode-sid.ts';
import { parseSid } from '../sid/parse-sid.ts';
import type { Sid } from '../sid/sid.ts';
import { defineSecurityClasses, type SecurityClasses } from './security-classes.ts';

/**
 * A descriptor as a `__SecurityDescriptor` instance, as `GetSecurityDescriptor` answers.
 * @see docs/rules.md 9.3, 9.8
 */
export function toDescriptorInstance(
  descriptor: SecurityDescriptor,
  classes: SecurityClasses = defineSecurityClasses(),
): CimInstance {
  const { owner, group, dacl, sacl, control } = descriptor;
  const present =
    (dacl.kind === 'absent' ? 0 : Control.DaclPresent) | (sacl.kind === 'absent' ? 0 : Control.SaclPresent);
  return instanceOf(classes.descriptor, {
    ControlFlags: (control & ~(Control.DaclPresent | Control.SaclPresent)) | present | Control.SelfRelative,
    Owner: owner && trusteeInstance(owner, classes),
    Group: group && trusteeInstance(group, classes),
    DACL: aceInstances(dacl, classes),
    SACL: aceInstances(sacl, classes),
  });
}

/**
 * The descriptor that a `__SecurityDescriptor` instance spells out. A trustee is read by its SID alone: names
 * are not looked up.
 * @throws WbemError `WBEM_E_INVALID_OBJECT` for an instance that is not complete or not well-formed.
 * @see docs/rules.md 9.3, SetSecurityDescriptor
 */
export function fromDescriptorInstance({ properties }: CimInstance): SecurityDescriptor {
  const control = numberOf(properties['ControlFlags'], 'ControlFlags') & 0xffff;
  return {
    owner: sidOrNull(properties['Owner'], 'Owner'),
    group: sidOrNull(properties['Group'], 'Group'),
    dacl: aclOf(properties['DACL'], (control & Control.DaclPresent) !== 0, 'DACL'),
    sacl: aclOf(properties['SACL'], (control & Control.SaclPresent) !== 0, 'SACL'),
    control,
  };
}

function aceInstances(acl: Acl, classes: SecurityClasses): CimInstance[] | null {
  if (acl.kind !== 'list') return null;
  return acl.aces.map(({ mask, flags, type, objectType, inheritedObjectType, sid }) =>
    instanceOf(classes.ace, {
      AccessMask: mask,
      AceFlags: flags,
      AceType: type,
      GuidObjectType: objectType ?? null,
      GuidInheritedObjectType: inheritedObjectType ?? null,
      Trustee: trusteeInstance(sid, classes),
    }),
  );
}

function trusteeInstance(sid: Sid, { trustee }: SecurityClasses): CimInstance {
  const bytes = encodeSid(sid);
  return instanceOf(trustee, { SID: Array.from(bytes), SidLength: bytes.length, SIDString: sid });
}

function aclOf(value: CimValue | undefined, present: boolean, name: string): Acl {
  if (!present) return ABSENT_ACL;
  if (value === null || value === undefined) return NULL_ACL;
  if (!Array.isArray(value)) throw malformed(`${name}: expected an array of __ACE`);
  return {
    kind: 'list',
    aces: value.map((item, i) => aceOf(instance(item, `${name}[${i}]`), `${name}[${i}]`)),
  };
}

function aceOf({ properties }: CimInstance, at: string): Ace {
  const sid = sidOrNull(properties['Trustee'], `${at}.Trustee`);
  if (sid === null) throw malformed(`${at}.Trustee: expected a trustee, got null`);
  return {
    type: byte(properties['AceType'], `${at}.AceType`) as AceType,
    flags: byte(properties['AceFlags'], `${at}.AceFlags`),
    mask: numberOf(properties['AccessMask'], `${at}.AccessMask`) >>> 0,
    sid,
    ...guidMember('objectType', properties['GuidObjectType']),
    ...guidMember('inheritedObjectType', properties['GuidInheritedObjectType']),
  };
}

function guidMember(name: 'objectType' | 'inheritedObjectType', value: CimValue | undefined): Partial<Ace> {
  return typeof value === 'string' && value !== '' ? { [name]: parseGuid(value) } : {};
}

function sidOrNull(value: CimValue | undefined, at: string): Sid | null {
  if (value === null || value === undefined) return null;
  const { SIDString: text, SID: bytes } = instance(value, at).properties;
  if (Array.isArray(bytes) && bytes.length > 0) return decodeSid(Uint8Array.from(bytes as readonly number[]));
  if (typeof text === 'string' && text !== '') return parseSid(text);
  throw malformed(`${at}: expected SID or SIDString, got neither`);
}

function instance(value: CimValue, at: string): CimInstance {
  if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'instance')
    return value;
  throw malformed(`${at}: expected an instance`);
}

function byte(value: CimValue | undefined, at: string): number {
  const number = numberOf(value, at);
  if (number > 0xff) throw malformed(`${at}: expected 0 to 255, got ${number}`);
  return number;
}

function numberOf(value: CimValue | undefined, at: string): number {
  if (typeof value === 'number') return value;
  throw malformed(`${at}: expected a number, got ${value === null ? 'null' : typeof value}`);
}

function malformed(message: string): WbemError {
  return new WbemError(WbemStatus.WBEM_E_INVALID_OBJECT, `__SecurityDescriptor: ${message}`);
}
