import type { MembershipOperator, RelationalOperator } from '../descriptor/condition.ts';

/** Operators as Windows prints them. */
export const MEMBERSHIP_WORDS: Readonly<Record<MembershipOperator, string>> = {
  Member_of: 'Member_of',
  Device_Member_of: 'Device_Member_of',
  Member_of_Any: 'Member_of_any',
  Device_Member_of_Any: 'Device_Member_of_any',
  Not_Member_of: 'Not_Member_of',
  Not_Device_Member_of: 'Not_Device_Member_of',
  Not_Member_of_Any: 'Not_Member_of_any',
  Not_Device_Member_of_Any: 'Not_Device_Member_of_any',
};

export const EXISTS_WORDS = { exists: 'Exists', notExists: 'Not_Exists' } as const;

/** Attribute sources that have a prefix, as Windows prints it. */
export const SOURCE_WORDS = { user: '@USER.', device: '@DEVICE.', resource: '@RESOURCE.' } as const;

/** By the word in small letters: Windows minds no case in operators. */
export const MEMBERSHIPS: ReadonlyMap<string, MembershipOperator> = new Map(
  Object.entries(MEMBERSHIP_WORDS).map(([name, word]) => [word.toLowerCase(), name as MembershipOperator]),
);

export const RELATION_WORDS: ReadonlyMap<string, RelationalOperator> = new Map([
  ['contains', 'Contains'],
  ['any_of', 'Any_of'],
  ['not_contains', 'Not_Contains'],
  ['not_any_of', 'Not_Any_of'],
]);

/** The longer of two that begin alike first. */
export const RELATION_SYMBOLS: readonly RelationalOperator[] = ['==', '!=', '<=', '>=', '<', '>'];

/** Words that cannot be the name of an attribute where a term begins. */
export function isConditionWord(word: string): boolean {
  const small = word.toLowerCase();
  return MEMBERSHIPS.has(small) || small === 'exists' || small === 'not_exists';
}
