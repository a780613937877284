import { classSchema, defineProvider, serve } from '@wmisec/provider';
import { WbemError, WbemStatus } from '@wmisec/wbem';

/** Guests open the front door; the vault and its code are for administrators. */
const FRONT_DOOR = 'O:BAG:BAD:(A;;0x1;;;WD)';
const VAULT = 'O:BAG:BAD:(A;;0x1;;;BA)';

const doorSchema = classSchema({
  name: 'Acme_Door',
  description: 'A door of the building.',
  properties: {
    Id: { type: 'uint32', key: true, description: 'The number on the door.' },
    Name: 'string',
    Open: { type: 'boolean', value: false },
    Code: { type: 'string', privileges: ['SeSecurityPrivilege'] },
  },
  methods: {
    Knock: { in: { Times: { type: 'uint8', value: 1 } }, out: { Answer: 'string' }, returns: 'uint32' },
    Unlock: { in: { Code: 'string' }, returns: 'uint32', privileges: ['SeSecurityPrivilege'] },
    Count: { static: true, returns: 'uint32' },
    Break: { static: true, description: 'Fails, as code with a fault does.' },
  },
});

interface Door {
  readonly Id: number;
  Name: string | null;
  Open: boolean | null;
  Code: string | null;
  readonly security: string;
}

function building(): Map<number, Door> {
  return new Map([
    [1, { Id: 1, Name: 'front', Open: true, Code: '1234', security: FRONT_DOOR }],
    [2, { Id: 2, Name: 'vault', Open: false, Code: '9876', security: VAULT }],
  ]);
}

/** A provider that every host runs unchanged: administrators write, others read and knock, guests only read. */
export function doorsProvider(doors = building()) {
  return defineProvider({
    name: 'Doors',
    security: 'O:BAG:BAD:(A;;0x53;;;BA)(A;;0x3;;;BU)(A;;0x1;;;WD)',
    registrants: 'O:BAG:BAD:(A;;0x1;;;BA)',
    classes: [
      serve(doorSchema, {
        *enumerate(call) {
          for (const { security, ...door } of doors.values())
            if (call.admits({ descriptor: security, desired: 0x1 })) yield door;
        },
        get({ Id }, { caller }) {
          const found = doors.get(Id);
          if (found === undefined) return null;
          const { security, ...door } = found;
          caller.require({ descriptor: security, desired: 0x1 });
          return door;
        },
        put({ Id, Name, Open, Code }) {
          const security = doors.get(Id)?.security ?? FRONT_DOOR;
          doors.set(Id, { Id, Name, Open, Code, security });
        },
        delete({ Id }) {
          if (!doors.delete(Id)) throw new WbemError(WbemStatus.WBEM_E_NOT_FOUND, `there is no door ${Id}`);
        },
        methods: {
          Knock({ Times }, { keys }) {
            const door = doors.get(keys.Id);
            return { ReturnValue: 0, Answer: `${door?.Name}: ${'knock '.repeat(Times ?? 1).trim()}` };
          },
          Unlock({ Code }, { keys }) {
            const door = doors.get(keys.Id);
            if (door === undefined || door.Code !== Code) return { ReturnValue: 5 };
            door.Open = true;
            return { ReturnValue: 0 };
          },
          Count: () => ({ ReturnValue: doors.size }),
          Break: () => {
            throw new TypeError('the secret is 1234');
          },
        },
      }),
    ],
  });
}
