import type { Pick } from './random.ts';

const MAX_TEXT = 70_000;

/** Values that lengths, counts and offsets break at. */
const EDGES = [0x00, 0x01, 0x03, 0x04, 0x07, 0x08, 0x10, 0x50, 0x51, 0x7f, 0x80, 0xa0, 0xa2, 0xf8, 0xff];

const TOKENS = [
  ...[
    'O:',
    'G:',
    'D:',
    'S:',
    'D:P',
    '(A;;GA;;;WD)',
    '(OA;;',
    '(XA;;FX;;;WD;(',
    '(RA;;;;;WD;("a",TS,0x0,"b"))',
  ],
  ...['NO_ACCESS_CONTROL', 'S-1-5-21-', 'S-1-0xffffffffffff-', '0xffffffff', '18446744073709551616', '-1'],
  ...['(', ')', ';', ',', '"', '{', '}', '!', '!(', '&&', '||', '==', ' Any_of ', 'Member_of {SID(BA)}'],
  ...['@User.', '@Resource.a', '%0041', '#', ' ', '\t', '\0', '\u00e9', '\ud800'],
];

/** The bytes with one to eight of them changed, cut off, or a stretch doubled. */
export function mutateBytes(bytes: Uint8Array, pick: Pick): Uint8Array {
  const out = Uint8Array.from(bytes);
  for (let n = 1 + pick(8); n > 0; n--) {
    out[pick(out.length)] = pick(3) === 0 ? EDGES[pick(EDGES.length)]! : pick(256);
  }
  const kind = pick(8);
  if (kind === 0) return out.subarray(0, pick(out.length));
  if (kind !== 1) return out;
  const [from, length] = [pick(out.length), pick(64)];
  const stretch = out.subarray(from, from + length);
  return Uint8Array.from([...out.subarray(0, from), ...stretch, ...out.subarray(from)]);
}

/** The text with one to four units changed, tokens put in, or a stretch repeated. */
export function mutateText(text: string, pick: Pick): string {
  let out = text;
  for (let n = 1 + pick(4); n > 0; n--) out = mutateOnce(out, pick).slice(0, MAX_TEXT);
  return out;
}

function mutateOnce(text: string, pick: Pick): string {
  const at = pick(text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  switch (pick(5)) {
    case 0:
      return before + TOKENS[pick(TOKENS.length)]! + after;
    case 1:
      return before + after.slice(1 + pick(4));
    case 2:
      return before + String.fromCharCode(32 + pick(95)) + after.slice(1);
    case 3:
      return before + after.slice(0, 1 + pick(20)).repeat(1 + pick(12)) + after;
    default:
      return before + TOKENS[pick(TOKENS.length)]!.repeat(1 + pick(300)) + after;
  }
}
