import { listOf } from '../src/check/prepare-descriptor.ts';
import { type Ace, AceType } from '../src/descriptor/ace.ts';
import type { SecurityDescriptor } from '../src/descriptor/security-descriptor.ts';
import type { CheckCase } from './check-case.ts';

export interface Granted {
  readonly granted: boolean;
  readonly mask: number;
}

/** An answer, or the code of the failure. */
export type Answer = Granted | { readonly code: string };

/** Our check, asked about a case. */
export type Ask = (check: CheckCase) => Answer;

/** A way in which Samba 4.17 is known to answer otherwise than Windows. */
export interface KnownDifference {
  readonly name: string;
  readonly appliesTo: (check: CheckCase) => boolean;
  /** What Samba answers: our own answer to the case, changed into what Samba takes it for. */
  readonly inSamba: (check: CheckCase, ask: Ask) => Answer;
}

const MAXIMUM_ALLOWED = 0x02000000;
const ACCESS_SYSTEM_SECURITY = 0x01000000;
const NOBODY = 'S-1-0-0';

/**
 * One by one, in the order in which they are applied; a case can show several. What Windows does stands first.
 */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    // AccessCheck fails with ERROR_INVALID_SECURITY_DESCR (docs/rules.md 4.4); Samba goes on without.
    name: 'no owner or group',
    appliesTo: ({ descriptor }) => descriptor.owner === null || descriptor.group === null,
    inSamba: (check, ask) => {
      const { owner, group } = check.descriptor;
      return ask(withDescriptor(check, { owner: owner ?? NOBODY, group: group ?? NOBODY }));
    },
  },
  {
    // Nothing desired is denied (docs/rules.md 12.3); Samba grants it.
    name: 'nothing desired',
    appliesTo: ({ desired }) => desired === 0,
    inSamba: () => ({ granted: true, mask: 0 }),
  },
  {
    // An absent DACL lets everybody in (docs/rules.md 12.1); Samba refuses, even the owner and what privileges give.
    name: 'absent DACL',
    appliesTo: ({ descriptor }) => descriptor.dacl.kind === 'absent',
    inSamba: (check) => {
      const nothing = check.desired === MAXIMUM_ALLOWED && ownerRights(check) === 0;
      return { granted: nothing, mask: 0 };
    },
  },
  {
    // A null DACL gives MAXIMUM_ALLOWED all that the mapping has, here nothing, and ACCESS_SYSTEM_SECURITY needs
    // its privilege (docs/rules.md 12.3); Samba adds the owner's rights, and asks for no privilege.
    name: 'null DACL',
    appliesTo: ({ descriptor }) => descriptor.dacl.kind === 'null',
    inSamba: (check) => {
      const { desired } = check;
      const maximum = (desired & MAXIMUM_ALLOWED) === 0 ? 0 : ownerRights(check);
      return { granted: true, mask: ((desired & ~MAXIMUM_ALLOWED) | maximum) >>> 0 };
    },
  },
  {
    // An object entry without a type is for the whole object (docs/rules.md 12.3); Samba grants nothing by it.
    name: 'object entry without a type',
    appliesTo: ({ descriptor }) => listOf(descriptor.dacl).some(isAllowWithoutType),
    inSamba: (check, ask) =>
      ask(withAces(check, (ace) => (isAllowWithoutType(ace) ? { ...ace, mask: 0 } : ace))),
  },
  {
    // No entry gives ACCESS_SYSTEM_SECURITY (docs/rules.md 12.3); to Samba it is a right like others. Another bit
    // stands in for it here, which nothing else uses.
    name: 'ACCESS_SYSTEM_SECURITY in an entry',
    appliesTo: ({ descriptor }) =>
      listOf(descriptor.dacl).some(({ mask }) => (mask & ACCESS_SYSTEM_SECURITY) !== 0),
    inSamba: (check, ask) => withoutStandIn(ask(withStandIn(check))),
  },
  {
    // MAXIMUM_ALLOWED that comes to nothing is denied (docs/rules.md 12.3); Samba grants a mask of 0.
    name: 'maximum of nothing',
    appliesTo: ({ desired }) => desired === MAXIMUM_ALLOWED,
    inSamba: (check, ask) => {
      const answer = ask(check);
      return 'granted' in answer && !answer.granted ? { granted: true, mask: 0 } : answer;
    },
  },
];

/** What Samba should answer to a case by the differences that apply, and their names. */
export function predictSamba(check: CheckCase, ask: Ask): { answer: Answer; names: string[] } {
  const names: string[] = [];
  let predict = ask;
  for (const difference of [...KNOWN_DIFFERENCES].reverse()) {
    const before = predict;
    predict = (each) => {
      if (!difference.appliesTo(each)) return before(each);
      const answer = difference.inSamba(each, before);
      if (!isSame(answer, before(each))) names.push(difference.name);
      return answer;
    };
  }
  return { answer: predict(check), names };
}

export function isSame(a: Answer, b: Answer): boolean {
  if ('code' in a || 'code' in b) return 'code' in a && 'code' in b && a.code === b.code;
  return a.granted === b.granted && a.mask === b.mask;
}

function isAllowWithoutType({ type, objectType }: Ace): boolean {
  return type === AceType.AccessAllowedObject && objectType === undefined;
}

function ownerRights({ descriptor: { owner }, sids }: CheckCase): number {
  return owner !== null && sids.includes(owner) ? 0x60000 : 0;
}

const STAND_IN = 0x00400000;

/** The right is asked of the entries, unless a privilege gives it. */
function withStandIn(check: CheckCase): CheckCase {
  const { desired, privileges } = check;
  const replaced = (mask: number) =>
    (mask & ACCESS_SYSTEM_SECURITY) === 0 ? mask : ((mask & ~ACCESS_SYSTEM_SECURITY) | STAND_IN) >>> 0;
  return {
    ...withAces(check, (ace) => ({ ...ace, mask: replaced(ace.mask) })),
    desired: privileges.includes('SeSecurityPrivilege') ? desired : replaced(desired),
  };
}

function withoutStandIn(answer: Answer): Answer {
  if ('code' in answer || (answer.mask & STAND_IN) === 0) return answer;
  return { ...answer, mask: ((answer.mask & ~STAND_IN) | ACCESS_SYSTEM_SECURITY) >>> 0 };
}

function withAces(check: CheckCase, change: (ace: Ace) => Ace): CheckCase {
  const { dacl } = check.descriptor;
  if (dacl.kind !== 'list') return check;
  return withDescriptor(check, { dacl: { kind: 'list', aces: dacl.aces.map(change) } });
}

function withDescriptor(check: CheckCase, change: Partial<SecurityDescriptor>): CheckCase {
  return { ...check, descriptor: { ...check.descriptor, ...change } };
}
