import { createService, type EmbeddedService } from '@wmisec/embedded';
import { defineClass, type Provider } from '@wmisec/wbem';

const services: Provider = {
  name: 'Services',
  classes: [
    defineClass({
      name: 'Win32_Service',
      qualifiers: { dynamic: true, provider: 'Services' },
      properties: { Name: { type: 'string', key: true }, State: 'string' },
    }),
  ],
  enumerate: () => [
    [
      { Name: 'Spooler', State: 'Running' },
      { Name: 'Winmgmt', State: 'Running' },
    ],
  ],
};

/**
 * Plays the machine in the branch office: in the workgroup of nobody, with users of the domain CORP. `ann` may use
 * NTLM; for `ben` it keeps no NT hash, so NTLM cannot verify him.
 */
export async function startRemoteMachine(passwords: { ann: string; ben: string }): Promise<EmbeddedService> {
  const service = await createService({ providers: [services] });
  const groups = ['Administrators'];
  await service.accounts.addUser({ name: 'CORP\\ann', password: passwords.ann, groups });
  await service.accounts.addUser({ name: 'CORP\\ben', password: passwords.ben, groups, ntlm: false });
  return service;
}
