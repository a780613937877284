/** Rotations and the word order of each round. @see RFC 1320 3.4 */
const ROUNDS = [
  {
    constant: 0x00000000,
    shifts: [3, 7, 11, 19],
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  },
  {
    constant: 0x5a827999,
    shifts: [3, 5, 9, 13],
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  },
  {
    constant: 0x6ed9eba1,
    shifts: [3, 9, 11, 15],
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
  },
] as const;

const MIX = [
  (x: number, y: number, z: number) => (x & y) | (~x & z),
  (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
  (x: number, y: number, z: number) => x ^ y ^ z,
] as const;

/**
 * MD4, which OpenSSL 3 no longer offers and NTLM still needs. Broken as a hash; used for nothing else.
 * @returns 16 bytes, owned by the caller.
 * @see RFC 1320
 */
export function md4(message: Uint8Array): Uint8Array {
  const padded = pad(message);
  const words = new DataView(padded.buffer);
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  for (let block = 0; block < padded.length; block += 64) compress(state, words, block);
  padded.fill(0);
  const digest = new Uint8Array(16);
  const out = new DataView(digest.buffer);
  state.forEach((word, i) => {
    out.setUint32(4 * i, word, true);
  });
  return digest;
}

function pad(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array((Math.floor((message.length + 8) / 64) + 1) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(message.length) * 8n, true);
  return padded;
}

function compress(state: Uint32Array, words: DataView, block: number): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  ROUNDS.forEach(({ constant, shifts, order }, round) => {
    order.forEach((word, step) => {
      const sum = a + MIX[round]!(b, c, d) + words.getUint32(block + 4 * word, true) + constant;
      [a, b, c, d] = [d, rotate(sum | 0, shifts[step % 4]!), b, c];
    });
  });
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
