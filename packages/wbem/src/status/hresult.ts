/** An unsigned 32-bit HRESULT, so that `0x80041003` compares as written. */
export type Hresult = number;

/** True for a failure code: bit 31 is set. */
export function failed(hresult: Hresult): boolean {
  return (hresult | 0) < 0;
}

/** `0x80041003`: eight hex digits, capitals. */
export function formatHresult(hresult: Hresult): string {
  return `0x${(hresult >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

/** The HRESULT that carries a Win32 error: `HRESULT_FROM_WIN32`; 0 stays 0. */
export function hresultFromWin32(error: number): Hresult {
  return error === 0 ? 0 : (0x80070000 | (error & 0xffff)) >>> 0;
}
