import { type CimClass, defineClass } from '@wmisec/wbem';

const securityRelated = defineClass({ name: '__SecurityRelatedClass', qualifiers: { abstract: true } });

export const trustee = defineClass({
  name: '__Trustee',
  superclass: securityRelated,
  properties: {
    Domain: 'string',
    Name: 'string',
    SID: 'uint8[]',
    SidLength: 'uint32',
    SIDString: 'string',
    TIME_CREATED: 'uint64',
  },
});

export const ace = defineClass({
  name: '__ACE',
  superclass: securityRelated,
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

/** @see docs/rules.md 9.8 */
export const securityDescriptor = defineClass({
  name: '__SecurityDescriptor',
  superclass: securityRelated,
  properties: {
    ControlFlags: 'uint32',
    DACL: 'object:__ACE[]',
    Group: 'object:__Trustee',
    Owner: 'object:__Trustee',
    SACL: 'object:__ACE[]',
    TIME_CREATED: 'uint64',
  },
});

export const securityClasses: readonly CimClass[] = [securityRelated, trustee, ace, securityDescriptor];
