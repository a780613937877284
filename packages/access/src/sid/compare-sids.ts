import { parseSid } from './parse-sid.ts';
import type { Sid } from './sid.ts';

/**
 * The order of two SIDs: by authority, then by sub-authorities as numbers, a shorter SID before a longer one
 * that begins with it. Equality needs no more than `===`.
 * @returns below 0, 0, or above 0
 * @throws ParseError `ERROR_INVALID_SID`
 */
export function compareSids(a: Sid, b: Sid): number {
  if (a === b) return 0;
  const [left, right] = [comparable(a), comparable(b)];
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) if (left[i] !== right[i]) return left[i]! - right[i]!;
  return left.length - right.length;
}

function comparable(sid: Sid): number[] {
  return parseSid(sid).slice('S-1-'.length).split('-').map(Number);
}
