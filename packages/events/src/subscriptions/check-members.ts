import { BASE_PROPERTIES, type MemberType, STANDARD_CONSUMERS } from './consumer-classes.ts';
import type { ConsumerSpec } from './consumer-spec.ts';
import { brokenRule } from './refuse.ts';

const WORDS: Readonly<Record<MemberType, string>> = {
  text: 'text',
  texts: 'a list of texts',
  number: 'a whole number',
  flag: 'true or false',
};

/**
 * Every member is one that the kind has, and holds what it should: specs also come out of files, and a name with a
 * slip would be left out in silence.
 */
export function checkMembers(consumer: ConsumerSpec): void {
  const types = memberTypes(consumer);
  for (const [member, value] of Object.entries(consumer)) {
    if (member === 'kind' || value === undefined) continue;
    const type = types.get(member);
    if (type === undefined)
      throw brokenRule(
        `expected ${[...types.keys()].join(', ')} of ${consumer.kind}, got ${JSON.stringify(member)}`,
      );
    if (type !== 'object' && !holds(type, value))
      throw brokenRule(`expected ${WORDS[type]} as ${member}, got ${shown(value)}`);
  }
}

function memberTypes({ kind }: ConsumerSpec): ReadonlyMap<string, MemberType | 'object'> {
  const base = Object.values(BASE_PROPERTIES);
  if (kind === 'custom') return new Map([['className', 'text'], ['properties', 'object'], ...base]);
  return new Map([...Object.values(STANDARD_CONSUMERS[kind].properties), ...base]);
}

function holds(type: MemberType, value: unknown): boolean {
  if (type === 'texts') return Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (type === 'number') return typeof value === 'bigint' || Number.isSafeInteger(value);
  return typeof value === (type === 'text' ? 'string' : 'boolean');
}

function shown(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'a list' : typeof value === 'string' ? 'text' : `${typeof value}`;
}
