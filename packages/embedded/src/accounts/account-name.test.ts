import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkAccountName, nameKey, splitAccountName } from './account-name.ts';

test.each([
  ['ann', null, 'ann'],
  ['CORP\\ann', 'CORP', 'ann'],
  ['ann@corp.example', 'corp.example', 'ann'],
  ['.\\ann', null, 'ann'],
  ['\\ann', null, 'ann'],
  ['CORP\\ann@x', 'CORP', 'ann@x'],
])('%s is taken apart', (text, domain, name) => {
  expect(splitAccountName(text)).toEqual({ domain, name });
});

test('names that are allowed differ in their keys when they differ in more than case', () => {
  const names = fc.string({ unit: 'binary', maxLength: 5 }).map(splitAccountName);
  fc.assert(
    fc.property(names, names, (a, b) => {
      try {
        checkAccountName(a);
        checkAccountName(b);
      } catch (error) {
        expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
        return;
      }
      const same = [a, b].map(({ domain, name }) => [domain?.toLowerCase() ?? '', name.toLowerCase()]);
      expect(nameKey(a) === nameKey(b)).toBe(JSON.stringify(same[0]) === JSON.stringify(same[1]));
    }),
  );
});
