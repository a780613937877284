import type { Ace } from '../descriptor/ace.ts';
import { encodeSecurityDescriptor } from '../descriptor/encode-security-descriptor.ts';
import { ABSENT_ACL, type Acl, Control, type SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { SddlOptions } from '../sddl/parse-sddl.ts';
import type { Sid } from '../sid/sid.ts';
import { sidName } from '../sid/sid-name.ts';
import { describeAce } from './describe-ace.ts';

const ACL_WORDS = { absent: 'not present', null: 'null', list: 'a list' } as const;

/** Control bits that change what a descriptor means, with their words. */
const CONTROL_WORDS: readonly [bit: number, acl: string, word: string][] = [
  [Control.DaclProtected, 'DACL', 'protected from inheritance'],
  [Control.SaclProtected, 'SACL', 'protected from inheritance'],
  [Control.DaclAutoInherited, 'DACL', 'auto-inherited'],
  [Control.SaclAutoInherited, 'SACL', 'auto-inherited'],
];

/**
 * What changes from one descriptor to another, a line a change:
 * `DACL: added (A;CI;CCDCRP;;;AU) allow Authenticated User, also on children`. Empty when nothing does. Entries
 * are compared as a whole; those that are in both lists and stand in another order make one line.
 * @throws ParseError `ERROR_INVALID_SID`, WmisecError `ERROR_INVALID_ACL` when one could not be written.
 */
export function diffDescriptors(
  before: SecurityDescriptor,
  after: SecurityDescriptor,
  { domain }: SddlOptions = {},
): string[] {
  return [
    ...diffPrincipals('owner', before.owner, after.owner),
    ...diffPrincipals('group', before.group, after.group),
    ...diffAcls('DACL', before.dacl, after.dacl, domain),
    ...diffAcls('SACL', before.sacl, after.sacl, domain),
    ...diffControl(before.control, after.control),
  ];
}

function diffPrincipals(what: string, before: Sid | null, after: Sid | null): string[] {
  const name = (sid: Sid | null) => (sid === null ? 'none' : sidName(sid));
  return before === after ? [] : [`${what}: ${name(before)} becomes ${name(after)}`];
}

function diffControl(before: number, after: number): string[] {
  return CONTROL_WORDS.filter(([bit]) => ((before ^ after) & bit) !== 0).map(
    ([bit, acl, word]) => `${acl}: ${(after & bit) === 0 ? 'no longer' : 'becomes'} ${word}`,
  );
}

function diffAcls(name: string, before: Acl, after: Acl, domain: Sid | undefined): string[] {
  const kind =
    before.kind === after.kind ? [] : [`${name}: ${ACL_WORDS[before.kind]} becomes ${ACL_WORDS[after.kind]}`];
  return [...kind, ...diffAces(name, entriesOf(before), entriesOf(after), domain)];
}

function diffAces(name: string, before: readonly Entry[], after: readonly Entry[], domain: Sid | undefined) {
  const removed = without(before, after);
  const added = without(after, before);
  const [keptBefore, kept] = [without(before, removed), without(after, added)];
  const moved = keptBefore.some(({ key }, i) => key !== kept[i]?.key);
  return [
    ...removed.map(({ ace }) => `${name}: removed ${describeAce(ace, domain)}`),
    ...added.map(({ ace }) => `${name}: added ${describeAce(ace, domain)}`),
    ...(moved ? [`${name}: the order of the other entries changes`] : []),
  ];
}

interface Entry {
  readonly ace: Ace;
  /** Its bytes, by which two are compared. */
  readonly key: string;
}

function entriesOf(acl: Acl): Entry[] {
  return acl.kind === 'list' ? acl.aces.map((ace) => ({ ace, key: bytesOf(ace) })) : [];
}

function bytesOf(ace: Ace): string {
  const dacl = { kind: 'list', aces: [ace] } as const;
  const alone = { owner: null, group: null, dacl, sacl: ABSENT_ACL, control: 0 };
  return Buffer.from(encodeSecurityDescriptor(alone)).toString('base64');
}

/** The entries that others do not have, counting repetitions. */
function without(entries: readonly Entry[], others: readonly Entry[]): Entry[] {
  const counts = new Map<string, number>();
  for (const { key } of others) counts.set(key, (counts.get(key) ?? 0) + 1);
  return entries.filter(({ key }) => {
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left <= 0;
  });
}
