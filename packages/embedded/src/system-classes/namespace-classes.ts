import { type CimClass, defineClass } from '@wmisec/wbem';
import { systemClass } from './base-classes.ts';
import { descriptorClasses } from './security-classes.ts';

/** An instance is a namespace below the one it is read from. @see docs/rules.md 9.9 */
export const namespaceClass = defineClass({
  name: '__Namespace',
  superclass: systemClass,
  properties: { Name: { type: 'string', key: true } },
});

/** The security of the namespace it is read from. @see docs/rules.md 9.3 */
export const systemSecurityClass = defineClass({
  name: '__SystemSecurity',
  superclass: systemClass,
  qualifiers: { singleton: true },
  methods: {
    GetSD: { static: true, out: { SD: 'uint8[]' }, returns: 'uint32' },
    SetSD: { static: true, in: { SD: 'uint8[]' }, returns: 'uint32' },
    GetSecurityDescriptor: {
      static: true,
      out: { Descriptor: `object:${descriptorClasses.descriptor.className}` },
      returns: 'uint32',
    },
    SetSecurityDescriptor: {
      static: true,
      in: { Descriptor: `object:${descriptorClasses.descriptor.className}` },
      returns: 'uint32',
    },
    GetCallerAccessRights: { static: true, out: { rights: 'sint32' }, returns: 'uint32' },
    Get9XUserList: {
      static: true,
      out: { ppList: 'object[]' },
      returns: 'uint32',
      qualifiers: { disabled: true },
    },
    Set9XUserList: {
      static: true,
      in: { ppList: 'object[]' },
      returns: 'uint32',
      qualifiers: { disabled: true },
    },
  },
});

export const namespaceClasses: readonly CimClass[] = [namespaceClass, systemSecurityClass];
