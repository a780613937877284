import { connect } from '@wmisec/auth';
import { createService } from '@wmisec/embedded';
import { AuthnLevel, AuthnService, defineClass, ImpLevel, type Provider, WbemError } from '@wmisec/wbem';

const door = defineClass({
  name: 'Acme_Door',
  qualifiers: { dynamic: true, provider: 'Doors' },
  properties: { Id: { type: 'uint32', key: true }, Open: 'boolean' },
  methods: { Shut: { returns: 'uint32' } },
});
const doors: Provider = {
  name: 'Doors',
  classes: [door],
  enumerate: () => [[{ Id: 1, Open: true }], [{ Id: 2, Open: false }]],
  execMethod: async () => ({ returnValue: 0, outParams: {} }),
};

const guest = {
  name: 'guest',
  token: { user: 'S-1-5-21-1-2-3-501', groups: ['S-1-1-0', 'S-1-5-32-546'] },
  remote: false,
  authnService: AuthnService.WinNT,
  authnLevel: AuthnLevel.PktPrivacy,
  impLevel: ImpLevel.Impersonate,
} as const;

await using service = await createService({ providers: [doors], principals: [guest] });
await using connection = await connect('root\\cimv2', { transport: service.transport() });

for await (const row of connection.query('SELECT * FROM Acme_Door WHERE Open = TRUE')) console.log(row);
console.log(await connection.services.execMethod('Acme_Door.Id=1', 'Shut'));

try {
  await connect('root\\cimv2', { transport: service.transport({ as: 'guest' }) });
} catch (error) {
  if (error instanceof WbemError) console.log(error.code, error.refusal?.gate, error.refusal?.missing);
}
