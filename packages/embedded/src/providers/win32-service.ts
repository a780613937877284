import { hostname } from 'node:os';
import { defineClass, type PropertyBag, type Provider } from '@wmisec/wbem';
import type { Systeminformation } from 'systeminformation';
import { cimService } from './cim-schema.ts';
import { loadSystemInformation } from './load-system-information.ts';
import { tableProvider } from './table-provider.ts';

const PROVIDER = 'Services';
const CLASS = 'Win32_Service';

/** `StartMode` by what the operating system's tools call it. */
const START_MODES: Readonly<Record<string, string>> = {
  auto: 'Auto',
  enabled: 'Auto',
  manual: 'Manual',
  disabled: 'Disabled',
};

const win32Service = defineClass({
  name: CLASS,
  superclass: cimService,
  qualifiers: { dynamic: true, provider: PROVIDER },
  properties: {
    Name: { type: 'string', key: true },
    AcceptPause: 'boolean',
    AcceptStop: 'boolean',
    CheckPoint: 'uint32',
    DelayedAutoStart: 'boolean',
    DesktopInteract: 'boolean',
    DisplayName: 'string',
    ErrorControl: 'string',
    ExitCode: 'uint32',
    PathName: 'string',
    ProcessId: 'uint32',
    ServiceSpecificExitCode: 'uint32',
    ServiceType: 'string',
    StartName: 'string',
    State: 'string',
    TagId: 'uint32',
    WaitHint: 'uint32',
  },
});

/** The services of this machine, where it has any. @see MicrosoftDocs CIMWin32Prov, Win32_Service */
export function serviceProvider(): Provider {
  return tableProvider(PROVIDER, win32Service, async () => {
    const { services } = await loadSystemInformation();
    return distinct(await services('*')).map(rowOf);
  });
}

function rowOf({ name, running, startmode, pids }: Systeminformation.ServicesData): PropertyBag {
  return {
    Caption: name,
    CreationClassName: CLASS,
    DisplayName: name,
    Name: name,
    ProcessId: running ? (pids[0] ?? null) : 0,
    Started: running,
    StartMode: START_MODES[startmode.toLowerCase()] ?? null,
    State: running ? 'Running' : 'Stopped',
    SystemCreationClassName: 'Win32_ComputerSystem',
    SystemName: hostname(),
  };
}

/** The name is the key. The tools may list a service twice, or a line without a name. */
function distinct(services: readonly Systeminformation.ServicesData[]): Systeminformation.ServicesData[] {
  const byName = new Map(services.filter(({ name }) => name !== '').map((s) => [s.name.toLowerCase(), s]));
  return [...byName.values()];
}
