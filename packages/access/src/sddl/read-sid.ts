import { scanSid } from '../sid/scan-sid.ts';
import type { Sid } from '../sid/sid.ts';
import { byLetterPair, pairOf } from './letter-pair.ts';
import type { SddlCursor } from './sddl-cursor.ts';
import { DOMAIN_ALIASES, SID_ALIASES } from './sid-aliases.ts';

const FIXED = byLetterPair(SID_ALIASES);
const RELATIVE = byLetterPair(DOMAIN_ALIASES);
const DASH = 0x2d;

/** Reads an alias or a numeric SID. Windows takes both in small letters. */
export function readSid(cursor: SddlCursor): Sid {
  const { text, at, domain } = cursor;
  const second = text.charCodeAt(at + 1);
  if (second === DASH) return scanSid(cursor);
  const pair = pairOf(text.charCodeAt(at), second);
  const fixed = FIXED[pair];
  if (fixed !== undefined) {
    cursor.at = at + 2;
    return fixed;
  }
  const rid = RELATIVE[pair];
  if (rid === undefined) throw cursor.error(at, 'a SID or its alias');
  if (domain === undefined) throw cursor.error(at, 'an alias that needs no domain SID');
  cursor.at = at + 2;
  return `${domain}-${rid}`;
}
