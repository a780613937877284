const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 64n - 1n;

/** The integer of digits, decimal or `0x` and hexadecimal, with or without a sign; null past 64 bits. */
export function parseInteger(text: string): bigint | null {
  const magnitude = BigInt(text.replace(/^[+-]/, ''));
  const value = text.startsWith('-') ? -magnitude : magnitude;
  return value < MIN_INTEGER || value > MAX_INTEGER ? null : value;
}
