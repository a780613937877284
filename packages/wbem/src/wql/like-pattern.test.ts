import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileLike } from './like-pattern.ts';

test.each([
  ['%Win%', 'CIM_win32', true],
  ['%Win%', 'CIM_Wn', false],
  ['FirstName%', 'firstname.lastname', true],
  ['FirstName%', 'a firstname', false],
  ['%[_][_]%', 'my__class', true],
  ['%[_][_]%', 'my_class', false],
  ['a_c', 'abc', true],
  ['a_c', 'ac', false],
  ['[a-f]x', 'Cx', true],
  ['[a-f]x', 'gx', false],
  ['[abcdef]x', 'dx', true],
  ['[^a-f]x', 'gx', true],
  ['[^a-f]x', 'Cx', false],
  ['[^abcdef]x', 'ax', false],
  ['', '', true],
  ['', 'a', false],
  ['%', '', true],
  ['%%', 'anything', true],
  ['_', '', false],
  ['100[%]', '100%', true],
  ['100[%]', '1000', false],
  ['[[]x]', '[x]', true],
  ['[a-]', '-', true],
  ['[-a]', '-', true],
  ['[f-a]', 'c', false],
  ['[0-9a-f]', 'E', true],
  ['[]', '', false],
  ['[^]', 'x', true],
  ['a[b', 'A[B', true],
  ['a.c', 'abc', false],
  ['a*', 'aa', false],
  ['line%end', 'line\nend', true],
])('"LIKE Operator": %j on %j is %s', (pattern, text, expected) => {
  expect(compileLike(pattern)(text)).toBe(expected);
});

test('a pattern agrees with the regular expression that it stands for', () => {
  const letters = fc.constantFrom('a', 'B', 'c', '.', '-');
  const set = fc.tuple(fc.constantFrom('', '^'), fc.constantFrom('abc', 'a-b', 'B', 'b-c.'));
  const piece = fc.oneof(
    letters.map((c) => [c, c.replace(/[.-]/, '\\$&')] as const),
    fc.constant(['_', '.'] as const),
    fc.constant(['%', '.*'] as const),
    set.map(([not, body]) => [`[${not}${body}]`, `[${not}${body}]`] as const),
  );
  const text = fc.array(letters, { maxLength: 8 }).map((l) => l.join(''));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), text, (pieces, sample) => {
      const like = pieces.map(([wql]) => wql).join('');
      const reference = new RegExp(`^${pieces.map(([, regex]) => regex).join('')}$`, 'is');
      expect(compileLike(like)(sample)).toBe(reference.test(sample));
    }),
    { numRuns: 5000 },
  );
});

test('a pattern of many wildcards ends', () => {
  const matches = compileLike(`${'%a'.repeat(40)}%b`);
  expect(matches('a'.repeat(20_000))).toBe(false);
  expect(matches(`${'a'.repeat(20_000)}b`)).toBe(true);
});
