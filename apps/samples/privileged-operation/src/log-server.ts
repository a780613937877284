import { createService, type EmbeddedService } from '@wmisec/embedded';
import { defineClass, type Provider } from '@wmisec/wbem';

export const LOG_PATH = 'Acme_Log.Name="Security"';

/** The qualifier says what `Clear` needs. Windows' WMI leaves the check to the provider; this service makes it. */
export const logClass = defineClass({
  name: 'Acme_Log',
  qualifiers: { dynamic: true, provider: 'Logs' },
  properties: { Name: { type: 'string', key: true } },
  methods: { Clear: { returns: 'uint32', qualifiers: { Privileges: ['SeSecurityPrivilege'] } } },
});

const logs: Provider = {
  name: 'Logs',
  classes: [logClass],
  enumerate: () => [[{ Name: 'Security' }]],
  execMethod: async () => ({ returnValue: 0, outParams: {} }),
};

/** Plays the WMI of a machine that has a log worth guarding. */
export function startLogServer(): Promise<EmbeddedService> {
  return createService({ providers: [logs] });
}
