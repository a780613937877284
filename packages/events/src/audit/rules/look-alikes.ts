import { about } from '../subscription-evidence.ts';
import { isKnown, KNOWN_SUBSCRIPTIONS } from './known-subscriptions.ts';
import type { SubscriptionRule } from './rule.ts';

/** Letters of other scripts that look like Latin ones. */
const TWINS = new Map(
  Object.entries({
    а: 'a',
    с: 'c',
    е: 'e',
    о: 'o',
    р: 'p',
    х: 'x',
    у: 'y',
    ѕ: 's',
    і: 'i',
    м: 'm',
    т: 't',
    ο: 'o',
    ε: 'e',
  }),
);

/** Names that differ in one letter of so many are alike. */
const LETTERS_PER_CHANGE = 5;

const KNOWN_NAMES = KNOWN_SUBSCRIPTIONS.flatMap(({ filter, consumer }) => [filter, consumer]);

/** Subscriptions that hide behind the name of one that Windows brings. */
export const lookAlikes: SubscriptionRule = (subscription) => {
  if (isKnown(subscription)) return [];
  const names = [subscription.filter?.name, subscription.consumer?.name].filter((name) => name !== undefined);
  for (const name of names) {
    const known = KNOWN_NAMES.find((each) => isAlike(name, each));
    if (known === undefined) continue;
    const message = `${name} looks like ${known}, which Windows brings, and is another one`;
    return [about(subscription, 'look-alike', message, { name, known })];
  }
  return [];
};

function isAlike(name: string, known: string): boolean {
  const [a, b] = [letters(name), letters(known)];
  const allowed = Math.floor(b.length / LETTERS_PER_CHANGE);
  return Math.abs(a.length - b.length) <= allowed && distance(a, b) <= allowed;
}

function letters(name: string): string {
  const folded = name.normalize('NFKD').toLowerCase();
  return Array.from(folded, (letter) => TWINS.get(letter) ?? letter)
    .join('')
    .replace(/[^a-z0-9]/g, '');
}

/** Letters to put in, take out or change, by Levenshtein. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
