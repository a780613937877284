import { WmisecError } from '@wmisec/wbem';

/** Text, or UTF-16LE bytes that are copied and wiped. A caller's own string is beyond our reach. */
export type Password = string | Uint8Array;

/** `PWLEN` of lmcons.h, in bytes of UTF-16. */
const MAX_BYTES = 512;

/** Lends the password as UTF-16LE, and wipes the bytes afterwards: ours, and those that were given. */
export async function withPassword<T>(
  password: Password,
  use: (utf16: Uint8Array) => Promise<T>,
): Promise<T> {
  const bytes = Buffer.alloc(typeof password === 'string' ? password.length * 2 : password.length);
  try {
    if (typeof password === 'string') bytes.write(password, 'utf16le');
    else bytes.set(password);
    return await use(bytes);
  } finally {
    bytes.fill(0);
    if (typeof password !== 'string') password.fill(0);
  }
}

/** True for what can be a password: not empty, and of up to 256 UTF-16 units. */
export function isPassword(utf16: Uint8Array): boolean {
  return utf16.length > 0 && utf16.length <= MAX_BYTES && utf16.length % 2 === 0;
}

/** @throws WmisecError `INVALID_ARGUMENT`; nothing of the password is in it. */
export function checkPassword(utf16: Uint8Array): void {
  if (isPassword(utf16)) return;
  throw new WmisecError('INVALID_ARGUMENT', 'expected a password of 1 to 256 UTF-16 units');
}
