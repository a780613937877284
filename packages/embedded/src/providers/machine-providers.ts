import type { Provider } from '@wmisec/wbem';
import type { Clock } from '../service/clock.ts';
import { processProvider } from './win32-process.ts';

/** The data of this machine as the `Win32_*` classes of `root\cimv2`. What the OS does not tell is null. */
export function machineProviders(_options: { readonly clock: Clock }): Provider[] {
  return [processProvider()];
}
