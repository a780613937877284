import { createRequire } from 'node:module';
import { WmisecError } from '@wmisec/wbem';
import type { Koffi } from './koffi-types.ts';

/**
 * Loads koffi, on the first native call and not before, so that importing this package costs nothing and
 * works on any system.
 * @throws WmisecError `UNSUPPORTED_PLATFORM` anywhere but on 64-bit Windows, and where koffi has no build.
 */
export function loadKoffi(): Koffi {
  if (process.platform !== 'win32' || !['x64', 'arm64'].includes(process.arch)) {
    const here = `${process.platform}-${process.arch}`;
    throw new WmisecError('UNSUPPORTED_PLATFORM', `native COM calls need 64-bit Windows, this is ${here}`);
  }
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (cause) {
    throw new WmisecError('UNSUPPORTED_PLATFORM', 'koffi could not be loaded', { cause });
  }
}
