import fc from 'fast-check';
import { arbitrarySid } from '../src/descriptor/arbitrary-descriptor.ts';
import { ACE_FLAGS } from '../src/sddl/ace-words.ts';
import { COMBINED_RIGHTS, RIGHTS } from '../src/sddl/rights-words.ts';
import { DOMAIN_ALIASES, SID_ALIASES } from '../src/sddl/sid-aliases.ts';
import type { SddlDifference } from './sddl-differences.ts';

/** The domain of the aliases of all cases. */
export const DOMAIN = 'S-1-5-21-2447931902-1787058256-3961074038';

/** A text as Windows reads it, and one that Samba 4.17 reads as Windows reads the first. */
export interface SddlCase {
  readonly windows: string;
  readonly samba: string;
  readonly differences: ReadonlySet<SddlDifference>;
  /** Whether one unit was changed, so that most likely nobody reads it. */
  readonly damaged: boolean;
}

/** Random SDDL in all the ways in which it can be written. */
export function sddlCases(seed: number, count: number): SddlCase[] {
  return fc.sample(sddl, { seed, numRuns: count });
}

type Piece = Omit<SddlCase, 'damaged'>;
type Pieces = fc.Arbitrary<Piece>;

const same = (text: string): Piece => ({ windows: text, samba: text, differences: new Set() });

const otherwise = (windows: string, samba: string, difference: SddlDifference): Piece =>
  windows === samba ? same(samba) : { windows, samba, differences: new Set([difference]) };

function joined(pieces: readonly Piece[], between = ''): Piece {
  return {
    windows: pieces.map(({ windows }) => windows).join(between),
    samba: pieces.map(({ samba }) => samba).join(between),
    differences: new Set(pieces.flatMap(({ differences }) => [...differences])),
  };
}

/** Now and then in the other spelling. */
const rarely = (usual: Pieces, spelled: (piece: Piece) => Piece): Pieces =>
  fc
    .tuple(usual, fc.integer({ min: 0, max: 24 }))
    .map(([piece, dice]) => (dice === 0 && piece.differences.size === 0 ? spelled(piece) : piece));

const smallLetters = ({ samba }: Piece) => otherwise(samba.toLowerCase(), samba, 'small letters');
const blanks = ({ samba }: Piece) => otherwise(` ${samba}`, samba, 'blanks');

const words = (table: Readonly<Record<string, unknown>>, except: readonly string[] = []) =>
  Object.keys(table).filter((word) => !except.includes(word));

const wordsOf = (all: readonly string[], maxLength: number): Pieces =>
  fc.shuffledSubarray([...all], { maxLength }).map((each) => same(each.join('')));

const numericSid = arbitrarySid
  .filter((each) => !each.includes('0x'))
  .map((each) => {
    const [, , authority, ...rest] = each.split('-');
    const hex = `S-1-0x${Number(authority).toString(16)}-${rest.join('-')}`;
    return rest.length % 7 === 3 ? otherwise(hex, each, 'hex numbers in SIDs') : same(each);
  });

const aliases = [...words(SID_ALIASES, ['HO']), ...words(DOMAIN_ALIASES)];

const sid: Pieces = fc.oneof(
  { weight: 4, arbitrary: rarely(fc.constantFrom(...aliases).map(same), smallLetters) },
  { weight: 2, arbitrary: numericSid },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...Object.values(DOMAIN_ALIASES)).map((rid) => same(`${DOMAIN}-${rid}`)),
  },
);

const number: Pieces = fc
  .tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 15 }))
  .map(([mask, dice]) => {
    const hex = `0x${mask.toString(16)}`;
    if (dice === 0) return otherwise(String(mask), hex, 'decimal and octal masks');
    return dice === 1 ? otherwise(`0${mask.toString(8)}`, hex, 'decimal and octal masks') : same(hex);
  });

const combined: Pieces = fc
  .constantFrom(...Object.entries(COMBINED_RIGHTS))
  .map(([word, mask]) => otherwise(word, `0x${mask.toString(16)}`, 'words for files and keys'));

const rights: Pieces = fc.oneof(
  { weight: 8, arbitrary: rarely(rarely(wordsOf(words(RIGHTS), 17), smallLetters), blanks) },
  { weight: 1, arbitrary: combined },
  { weight: 6, arbitrary: number },
);

const flags = rarely(wordsOf(words(ACE_FLAGS, ['CR']), 4), smallLetters);

const guid = fc.option(fc.uuid(), { nil: '' }).map(same);

const plainAce = (types: readonly string[]): Pieces =>
  fc
    .tuple(fc.constantFrom(...types).map(same), flags, rights, sid)
    .map(([type, flag, right, who]) => parenthesised([type, flag, right, same(''), same(''), who]));

const objectAce = (types: readonly string[]): Pieces =>
  fc
    .tuple(fc.constantFrom(...types), flags, rights, guid, guid, sid)
    .map(([word, flag, right, a, b, who]) => {
      const isPlain = word === 'OA' && a.windows === '' && b.windows === '';
      const type = isPlain ? otherwise('OA', 'A', 'OA without a GUID') : same(word);
      return parenthesised([type, flag, right, a, b, who]);
    });

function parenthesised(fields: readonly Piece[]): Piece {
  return joined([same('('), joined(fields, ';'), same(')')]);
}

const acl = (tag: string, plain: readonly string[], object: readonly string[]): Pieces =>
  fc
    .tuple(
      wordsOf(['P', 'AI', 'AR'], 3),
      fc.array(rarely(fc.oneof(plainAce(plain), objectAce(object)), blanks), { maxLength: 6 }),
    )
    .map(([flag, aces]) => joined([same(`${tag}:`), flag, ...aces]));

const principal = (tag: string): Pieces => sid.map((each) => joined([same(`${tag}:`), each]));

const part = (pieces: Pieces): Pieces => fc.option(pieces, { nil: same(''), freq: 4 });

const wellFormed = fc
  .tuple(
    part(principal('O')),
    part(principal('G')),
    part(acl('D', ['A', 'D'], ['OA', 'OD'])),
    part(acl('S', ['AU', 'AL'], ['OU', 'OL'])),
  )
  .map(([owner, group, dacl, sacl]): SddlCase => {
    const principals = joined([owner, group]);
    const samba = inSambasOrder(dacl.samba, sacl.samba);
    const acls = joined([dacl, sacl]);
    const moved = otherwise(acls.windows, samba, 'flags in front of no entries');
    const differences =
      samba === acls.samba ? acls.differences : new Set([...moved.differences, ...acls.differences]);
    return { ...joined([principals, { ...moved, differences }]), damaged: false };
  });

/** An ACL of nothing but flags stands last, where Samba reads it; two of them it reads nowhere. */
function inSambasOrder(dacl: string, sacl: string): string {
  const isBare = /^D:[A-Z]+$/.test(dacl) && sacl !== '';
  return isBare ? sacl + dacl : dacl + sacl;
}

const damaged = fc
  .tuple(wellFormed, fc.nat(), fc.constantFrom('', ';', '(', ')', ':', 'A', 'Z', '-'), fc.nat(1))
  .map(([{ samba }, place, inserted, removed]): SddlCase => {
    const at = place % (samba.length + 1);
    return { ...same(samba.slice(0, at) + inserted + samba.slice(at + removed)), damaged: true };
  });

const sddl = fc.oneof({ weight: 3, arbitrary: wellFormed }, { weight: 1, arbitrary: damaged });
