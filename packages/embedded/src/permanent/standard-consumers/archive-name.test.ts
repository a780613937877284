import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveName } from './archive-name.ts';

test.each([
  ['app.log', [], 'app.001'],
  ['APP', ['APP.001'], 'APP.002'],
  ['app.log', ['app.001', 'app.007', 'other.009', 'app.10', 'app.0x8'], 'app.008'],
  ['application.log', [], 'application.log.001'],
  ['app.html', ['app.html.004'], 'app.html.005'],
  ['a.b.log', [], 'a.b.log.001'],
  ['app.log', ['app.999'], 'app.001'],
  ['app.log', ['app.999', 'app.001'], 'app.002'],
])('%s beside %j becomes %s', (name, siblings, archive) => {
  expect(archiveName(name, siblings)).toBe(archive);
});

test('a name is never taken twice, until all are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 998 }), (numbers) => {
      const siblings = numbers.map((number) => `app.${String(number).padStart(3, '0')}`);
      const name = archiveName('app.log', siblings);
      expect(name).toMatch(/^app\.\d{3}$/);
      expect(siblings).not.toContain(name);
    }),
  );
  const all = Array.from({ length: 999 }, (_, i) => `app.${String(i + 1).padStart(3, '0')}`);
  expect(() => archiveName('app.log', all)).toThrow(
    expect.objectContaining({ code: 'WBEM_E_QUOTA_VIOLATION' }),
  );
});
