import { connect } from '@wmisec/auth';
import { createService } from '@wmisec/embedded';
import { AuthnLevel, ImpLevel } from '@wmisec/wbem';

await using service = await createService();

await using connection = await connect('root\\cimv2', {
  transport: service.transport(),
  blanket: { authnLevel: AuthnLevel.PktPrivacy, impLevel: ImpLevel.Impersonate },
});

for await (const row of connection.query('SELECT ProcessId, Name FROM Win32_Process')) {
  console.log(row.ProcessId, row.Name);
}
for (const { proxyKind, inForce } of connection.security()) console.log(proxyKind, inForce);
