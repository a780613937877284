import { type Acl, Control, type SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import type { Sid } from '../sid/sid.ts';
import { describeAce } from './describe-ace.ts';

/**
 * What changes from one descriptor to another, a line a change; empty when nothing does. Entries are compared as
 * a whole; those that are in both lists and stand in another order make one line.
 */
export function diffDescriptors(before: SecurityDescriptor, after: SecurityDescriptor): string[] {
  return [
    ...diffSid('owner', before.owner, after.owner),
    ...diffSid('group', before.group, after.group),
    ...diffAcl('DACL', before.dacl, after.dacl),
    ...diffAcl('SACL', before.sacl, after.sacl),
    ...diffControl(before.control, after.control),
  ];
}

function diffSid(name: string, before: Sid | null, after: Sid | null): string[] {
  return before === after ? [] : [`${name}: ${before ?? 'none'} becomes ${after ?? 'none'}`];
}

function diffAcl(name: string, before: Acl, after: Acl): string[] {
  const [old, now] = [entriesOf(before), entriesOf(after)];
  if (old === null || now === null)
    return before.kind === after.kind ? [] : [`${name}: ${before.kind} becomes ${after.kind}`];
  const removed = without(old, now);
  const added = without(now, old);
  const [keptBefore, keptNow] = [without(old, removed), without(now, added)];
  const moved = keptBefore.some((entry, i) => entry !== keptNow[i]);
  return [
    ...removed.map((entry) => `${name}: removed ${entry}`),
    ...added.map((entry) => `${name}: added ${entry}`),
    ...(moved ? [`${name}: order becomes ${keptNow.join('')}`] : []),
  ];
}

function entriesOf(acl: Acl): string[] | null {
  return acl.kind === 'list' ? acl.aces.map((ace) => describeAce(ace)) : null;
}

/** The entries of a list that another does not have, as often as they are missing there. */
function without(entries: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return entries.filter((entry) => {
    const i = left.indexOf(entry);
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
}

const PROTECTION = [
  ['DACL', Control.DaclProtected],
  ['SACL', Control.SaclProtected],
] as const;

function diffControl(before: number, after: number): string[] {
  return PROTECTION.filter(([, bit]) => ((before ^ after) & bit) !== 0).map(
    ([name, bit]) =>
      `${name}: ${(after & bit) !== 0 ? 'is now protected from' : 'now takes'} inherited entries`,
  );
}
