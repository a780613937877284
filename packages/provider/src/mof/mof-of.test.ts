import { parseMof } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { defineProvider } from '../define-provider.ts';
import { serve } from '../handlers/serve.ts';
import { classSchema } from '../schema/class-schema.ts';
import { eventSchema } from '../schema/event-schema.ts';
import { mofSchemas } from '../schema/mof-schemas.ts';
import { mofOf } from './mof-of.ts';

const door = classSchema({
  name: 'Acme_Door',
  description: 'A door.',
  properties: {
    Id: { type: 'uint32', key: true, description: 'The number on it.' },
    Code: { type: 'string', privileges: ['SeSecurityPrivilege'], writePrivileges: ['SeBackupPrivilege'] },
  },
  methods: { Unlock: { in: { Code: 'string' }, returns: 'uint32', privileges: ['SeSecurityPrivilege'] } },
});
const opened = eventSchema({ name: 'Acme_DoorOpened', properties: { Door: 'uint32' } });

const definition = defineProvider({
  name: 'Acme "Doors"',
  namespace: 'root\\acme',
  namespaceSecurity: 'O:BAG:BAD:(A;CI;0x6003f;;;BA)(A;CI;0x1;;;AU)',
  registrants: 'O:BAG:BAD:(A;;0x1;;;BA)',
  classes: [
    serve(door, { enumerate: () => [], put: () => {}, methods: { Unlock: () => ({ ReturnValue: 0 }) } }),
  ],
  events: { classes: [opened], start: () => {} },
});

test('the MOF of a definition has its namespace, classes with what guards them, and registration', () => {
  expect(mofOf(definition)).toMatchInlineSnapshot(`
    "#pragma namespace ("\\\\\\\\.\\\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;CI;0x6003f;;;BA)(A;CI;0x1;;;AU)")]
    instance of __Namespace {
      Name = "acme";
    };

    #pragma namespace ("\\\\\\\\.\\\\root\\\\acme")

    [dynamic, provider("Acme \\"Doors\\""), Description("A door.")]
    class Acme_Door {
      [key, Description("The number on it.")] uint32 Id;
      [Privileges{"SeSecurityPrivilege"}, WritePrivileges{"SeBackupPrivilege"}] string Code;
      [Privileges{"SeSecurityPrivilege"}] uint32 Unlock(
        [in, ID(0)] string Code);
    };

    class Acme_DoorOpened : __ExtrinsicEvent {
      uint8 SECURITY_DESCRIPTOR[];
      uint64 TIME_CREATED;
      uint32 Door;
    };

    instance of __Win32Provider {
      Name = "Acme \\"Doors\\"";
      HostingModel = "Decoupled:Com";
      ImpersonationLevel = 0;
      PerUserInitialization = FALSE;
      SecurityDescriptor = "O:BAG:BAD:(A;;0x1;;;BA)";
    };

    instance of __InstanceProviderRegistration {
      provider = "__Win32Provider.Name=\\"Acme \\\\\\"Doors\\\\\\"\\"";
      SupportsEnumeration = TRUE;
      SupportsGet = TRUE;
      SupportsPut = TRUE;
      SupportsDelete = FALSE;
    };

    instance of __MethodProviderRegistration {
      provider = "__Win32Provider.Name=\\"Acme \\\\\\"Doors\\\\\\"\\"";
    };

    instance of __EventProviderRegistration {
      provider = "__Win32Provider.Name=\\"Acme \\\\\\"Doors\\\\\\"\\"";
      EventQueryList = {"SELECT * FROM Acme_DoorOpened"};
    };
    "
  `);
});

test('what is written can be read, and its classes are the same', () => {
  const text = mofOf(definition);
  expect(parseMof(text).items.length).toBeGreaterThan(6);
  const { classes, events } = mofSchemas(text);
  expect(classes['Acme_Door']!.cls).toEqual(definition.provider.classes[0]);
  expect(events['Acme_DoorOpened']!.cls).toEqual(opened.cls);
});

test('without a descriptor of its own the namespace is left alone', () => {
  expect(mofOf(defineProvider({ name: 'Doors' }))).not.toContain('__Namespace');
});
