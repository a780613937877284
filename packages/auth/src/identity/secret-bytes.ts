/**
 * Bytes for a secret, at a place of their own: the collector moves the content of arrays of up to 64 bytes
 * that have no `ArrayBuffer` yet, and leaves copies behind that nobody can wipe.
 */
export function secretBytes(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(size));
}
