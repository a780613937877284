import { passwordIdentity } from '@wmisec/auth';
import { AuthnService, authnLevelName, authnServiceName, ImpLevel, WmisecError } from '@wmisec/wbem';
import { connectWithNtlm } from './connect-with-ntlm.ts';
import { startRemoteMachine } from './remote-machine.ts';

// A program of yours asks for the password: passwordFromStdin(), or a prompt. Here the sample makes both ends.
await using machine = await startRemoteMachine({ ann: 'correct horse', ben: 'battery staple' });
const target = { host: '192.0.2.7', domain: 'CORP', transport: machine.transport({ remote: true }) };

using ann = passwordIdentity({ user: 'ann', password: 'correct horse' });
await using connection = await connectWithNtlm(target, ann);
for await (const { Name, State } of connection.query('SELECT Name, State FROM Win32_Service'))
  console.log(`${Name} is ${State}`);

await using rows = await connection.services.execQuery('SELECT Name FROM Win32_Service');
await rows.next(1);
for (const { proxyKind, inForce } of connection.security())
  console.log(
    `${proxyKind}: ${authnServiceName(inForce!.authnService)}, ${authnLevelName(inForce!.authnLevel)}`,
  );

await refused('the domain named twice', async () => {
  using twice = passwordIdentity({ user: 'CORP\\ann', password: 'correct horse' });
  await connectWithNtlm(target, twice);
});
await refused('Kerberos on a connection for NTLM', async () =>
  connection.services.setBlanket({ authnService: AuthnService.GssKerberos, principal: 'HOST/srv' }),
);
await refused('delegation, which NTLM has not', async () =>
  connection.services.setBlanket({ authnService: AuthnService.WinNT, impLevel: ImpLevel.Delegate }),
);
await refused('a user without NTLM', async () => {
  using ben = passwordIdentity({ user: 'ben', password: 'battery staple' });
  await connectWithNtlm(target, ben);
});

async function refused(what: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
    console.log(`${what}: let in`);
  } catch (error) {
    if (!(error instanceof WmisecError)) throw error;
    console.log(`${what}: ${error.code}`);
  }
}
