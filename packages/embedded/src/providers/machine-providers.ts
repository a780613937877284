import type { Provider } from '@wmisec/wbem';
import { tokenUser } from '../server/token-user.ts';
import { type Clock, systemClock } from '../service/clock.ts';
import { OWNER } from '../service/owner.ts';
import { computerSystemProvider } from './win32-computer-system.ts';
import { environmentProvider } from './win32-environment.ts';
import { logicalDiskProvider } from './win32-logical-disk.ts';
import { networkAdapterProvider } from './win32-network-adapter.ts';
import { networkAdapterConfigurationProvider } from './win32-network-adapter-configuration.ts';
import { operatingSystemProvider } from './win32-operating-system.ts';
import { processProvider } from './win32-process.ts';
import { serviceProvider } from './win32-service.ts';

export interface MachineOptions {
  /** Default: the clock of the system. */
  readonly clock?: Clock | undefined;
}

/**
 * The data of this machine as the `Win32_*` classes of `root\cimv2`. What the operating system does not tell is
 * null.
 */
export function machineProviders({ clock = systemClock }: MachineOptions = {}): Provider[] {
  return [
    processProvider(),
    operatingSystemProvider(clock),
    computerSystemProvider(),
    logicalDiskProvider(),
    serviceProvider(),
    networkAdapterProvider(),
    networkAdapterConfigurationProvider(),
    environmentProvider(tokenUser(OWNER.token)),
  ];
}
