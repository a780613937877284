import { type Ace, AceType } from '../src/descriptor/ace.ts';
import {
  ABSENT_ACL,
  type Acl,
  NULL_ACL,
  type SecurityDescriptor,
} from '../src/descriptor/security-descriptor.ts';
import type { Sid } from '../src/sid/sid.ts';
import type { PrivilegeName } from '../src/token/privilege-name.ts';

/** A check that Samba 4.17 can make too: enabled SIDs, two privileges, no tree, no mapping. */
export interface CheckCase {
  readonly descriptor: SecurityDescriptor;
  readonly sids: readonly Sid[];
  readonly privileges: readonly PrivilegeName[];
  readonly desired: number;
}

const SIDS: readonly Sid[] = [
  'S-1-1-0',
  'S-1-3-4',
  'S-1-5-10',
  'S-1-5-11',
  'S-1-5-18',
  'S-1-5-32-544',
  'S-1-5-32-545',
  'S-1-5-21-1-2-3-1000',
  'S-1-5-21-1-2-3-1001',
];
/** OWNER RIGHTS and PRINCIPAL_SELF are for entries, not for tokens. */
const TOKEN_SIDS = SIDS.filter((sid) => sid !== 'S-1-3-4' && sid !== 'S-1-5-10');

const MASKS = [
  0, 0x1, 0x2, 0x3, 0x4, 0xf, 0x13, 0x20000, 0x40000, 0x60000, 0x80000, 0xf0000, 0x6003f, 0x1f01ff,
  0x10000000, 0x80000000, 0x01000000, 0x02000001,
];
const DESIRED = [
  0, 0x1, 0x2, 0x3, 0x5, 0x10000, 0x20000, 0x40000, 0x60000, 0x80000, 0x80001, 0x01000000, 0x01000001,
  0x02000000, 0x02000000, 0x02000001, 0x02080000, 0x03000000,
];
const FLAGS = [0, 0, 0, 0x2, 0x8, 0xb, 0x10, 0x12];
const GUID = '{BF967ABA-0DE6-11D0-A285-00AA003049E2}';

/** The same seed gives the same cases. */
export function* checkCases(seed: number, count: number): Generator<CheckCase> {
  const random = mulberry32(seed);
  const below = (n: number) => Math.floor(random() * n);
  const one = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const some = <T>(values: readonly T[], most: number): T[] =>
    Array.from({ length: below(most + 1) }, () => one(values));
  const chance = (percent: number) => below(100) < percent;

  const ace = (): Ace => {
    const allow = chance(60);
    const base = { flags: one(FLAGS), mask: one(MASKS), sid: one(SIDS) };
    if (chance(85)) return { ...base, type: allow ? AceType.AccessAllowed : AceType.AccessDenied };
    const type = allow ? AceType.AccessAllowedObject : AceType.AccessDeniedObject;
    return chance(80) ? { ...base, type, objectType: GUID } : { ...base, type };
  };
  const dacl = (): Acl => {
    if (chance(4)) return chance(50) ? NULL_ACL : ABSENT_ACL;
    return { kind: 'list', aces: Array.from({ length: below(7) }, ace) };
  };

  for (let i = 0; i < count; i++)
    yield {
      descriptor: {
        owner: chance(2) ? null : one(TOKEN_SIDS),
        group: chance(2) ? null : one(TOKEN_SIDS),
        dacl: dacl(),
        sacl: ABSENT_ACL,
        control: 0,
      },
      sids: [one(TOKEN_SIDS), ...some(TOKEN_SIDS, 4)],
      privileges: some(['SeSecurityPrivilege', 'SeTakeOwnershipPrivilege'], 1),
      desired: one(DESIRED),
    };
}

/** A small generator of numbers from 0 to 1 whose sequence follows from its seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
