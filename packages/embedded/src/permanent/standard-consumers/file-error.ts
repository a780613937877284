import { WbemError, WbemStatus, WmisecError } from '@wmisec/wbem';
import { cannot, notAllowed } from './not-allowed.ts';

/** What may be over the next time. */
const PASSING: ReadonlySet<string> = new Set([
  'EAGAIN',
  'EBUSY',
  'EDQUOT',
  'EINTR',
  'EMFILE',
  'ENFILE',
  'ENOSPC',
]);

/** What the system keeps others from, and what it says of a link where there should be none. */
const REFUSED: ReadonlySet<string> = new Set(['EACCES', 'ELOOP', 'ENOTDIR', 'EPERM', 'EROFS']);

/**
 * Runs what uses files, and turns the errors of the system into those of a consumer.
 * @throws WbemError `WBEM_E_SERVER_TOO_BUSY` for what may pass, `WBEM_E_ACCESS_DENIED` for what the system refuses
 *   and for links, `WBEM_E_INVALID_PARAMETER` for all else.
 */
export function fileError<T>(use: () => T): T {
  try {
    return use();
  } catch (cause) {
    if (cause instanceof WmisecError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    if (PASSING.has(code))
      throw new WbemError(WbemStatus.WBEM_E_SERVER_TOO_BUSY, `the file cannot be written now: ${code}`, {
        cause,
      });
    if (REFUSED.has(code)) throw notAllowed(`the file may not be written: ${code}`);
    throw cannot(`the file cannot be written: ${code}`, cause);
  }
}
