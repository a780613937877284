import { connect } from '@wmisec/auth';
import { createService } from '@wmisec/embedded';
import { classSchema, defineProvider, serve } from '@wmisec/provider';
import { WbemError } from '@wmisec/wbem';

const door = classSchema({
  name: 'Acme_Door',
  properties: { Id: { type: 'uint32', key: true }, Name: 'string' },
  methods: { Knock: { in: { Times: 'uint8' }, out: { Answer: 'string' }, returns: 'uint32' } },
});
const doors = [
  { Id: 1, Name: 'front', visitors: 'O:BAG:BAD:(A;;0x1;;;WD)' },
  { Id: 2, Name: 'vault', visitors: 'O:BAG:BAD:(A;;0x1;;;S-1-5-18)' },
];

const provider = defineProvider({
  name: 'Doors',
  security: 'O:BAG:BAD:(A;;0x53;;;BA)(A;;0x1;;;AU)',
  classes: [
    serve(door, {
      *enumerate(call) {
        for (const { visitors, ...row } of doors)
          if (call.admits({ descriptor: visitors, desired: 0x1 })) yield row;
      },
      methods: {
        Knock({ Times }, { caller }) {
          if (Times === null || Times > 2) caller.require({ privileges: ['SeSecurityPrivilege'] });
          return { ReturnValue: 0, Answer: 'knock '.repeat(Times ?? 1).trim() };
        },
      },
    }),
  ],
});

await using service = await createService({ providers: [provider] });
await using connection = await connect('root\\cimv2', { transport: service.transport() });
await using rows = await connection.services.createInstanceEnum('Acme_Door');
for await (const { path } of rows) console.log(path);
console.log(`ended with 0x${rows.status.toString(16)}, WBEM_S_ACCESS_DENIED: one door was left out`);
console.log(await connection.services.execMethod('Acme_Door=1', 'Knock', { Times: 2 }));
try {
  await connection.services.execMethod('Acme_Door=1', 'Knock', { Times: 3 });
} catch (error) {
  if (error instanceof WbemError) console.log(error.code, error.refusal?.fix);
}
