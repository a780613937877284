import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { WmisecError } from '@wmisec/wbem';

/**
 * What a hash costs: scrypt fills `128 * N * r` bytes, `p` times.
 * @see RFC 7914
 */
export interface HashCost {
  /** A power of 2. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB, three times over. */
export const DEFAULT_HASH_COST: HashCost = { N: 2 ** 15, r: 8, p: 3 };

/** A password as it is kept: with the cost that it was made at, so that the default may rise. */
export interface PasswordHash {
  readonly cost: HashCost;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

const BYTES = 32;
const MAX_N = 2 ** 20;
const MAX_FACTOR = 64;

/** @throws WmisecError `INVALID_ARGUMENT` for what scrypt does not take, or would take for hours. */
export function checkHashCost({ N, r, p }: HashCost): void {
  const isPower = Number.isInteger(Math.log2(N)) && N >= 2 && N <= MAX_N;
  if (isPower && [r, p].every((factor) => Number.isInteger(factor) && factor >= 1 && factor <= MAX_FACTOR))
    return;
  throw new WmisecError(
    'INVALID_ARGUMENT',
    `expected N to be a power of 2 up to ${MAX_N}, r and p 1 to ${MAX_FACTOR}, got N=${N}, r=${r}, p=${p}`,
  );
}

export async function hashPassword(utf16: Uint8Array, cost: HashCost): Promise<PasswordHash> {
  const salt = randomBytes(BYTES);
  return { cost, salt, hash: await derive(utf16, salt, cost) };
}

/** Compares in constant time. */
export async function verifyPassword(
  utf16: Uint8Array,
  { cost, salt, hash }: PasswordHash,
): Promise<boolean> {
  const derived = await derive(utf16, salt, cost);
  return derived.length === hash.length && timingSafeEqual(derived, hash);
}

/** A hash that no password has. */
export function impossibleHash(cost: HashCost): PasswordHash {
  return { cost, salt: randomBytes(BYTES), hash: randomBytes(BYTES) };
}

function derive(utf16: Uint8Array, salt: Uint8Array, { N, r, p }: HashCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(utf16, salt, BYTES, { N, r, p, maxmem: 128 * r * (N + p + 2) }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
