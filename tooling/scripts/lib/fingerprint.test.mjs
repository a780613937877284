import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourcesFingerprint } from './fingerprint.mjs';

let folder;
let before;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wmisec-sources-'));
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(join(folder, 'src/deep/a.ts'), 'one');
  before = sourcesFingerprint(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('it stays the same while nothing changes', () => {
  expect(sourcesFingerprint(folder)).toBe(before);
});

test.each([
  ['a source changes its size', () => writeFileSync(join(folder, 'src/deep/a.ts'), 'three')],
  ['a source is touched', () => utimesSync(join(folder, 'src/deep/a.ts'), 1, 1)],
  ['a source is added', () => writeFileSync(join(folder, 'src/b.ts'), '')],
  ['a source is removed', () => rmSync(join(folder, 'src/deep/a.ts'))],
  ['the manifest changes', () => writeFileSync(join(folder, 'package.json'), '{ }')],
])('it changes when %s', (_, change) => {
  change();
  expect(sourcesFingerprint(folder)).not.toBe(before);
});

test('it changes when a file beside the package does', () => {
  const shared = join(folder, 'shared.json');
  writeFileSync(shared, '1');
  const first = sourcesFingerprint(folder, [shared]);
  writeFileSync(shared, '22');
  expect(sourcesFingerprint(folder, [shared])).not.toBe(first);
});

test('tests do not count', () => {
  writeFileSync(join(folder, 'src/a.test.ts'), 'one');
  expect(sourcesFingerprint(folder)).toBe(before);
});
