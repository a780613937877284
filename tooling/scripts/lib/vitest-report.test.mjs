import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readReport } from './vitest-report.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wmisec-report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name, status, ...results) => ({
  name,
  status,
  assertionResults: results.map((result, i) => ({ status: result, fullName: `${name} ${i}` })),
});

function read(...testResults) {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify({ testResults }));
  return readReport(path);
}

test('passed, failed and skipped tests are told apart', () => {
  const report = read(
    file('a', 'failed', 'passed', 'failed', 'skipped'),
    file('b', 'passed', 'passed', 'todo'),
  );
  expect(report).toEqual({
    passed: 2,
    failed: 1,
    skipped: ['a 2', 'b 1'],
    broken: [],
  });
});

test('a file that fails before its first test counts as a failure', () => {
  expect(read(file('a', 'failed'))).toEqual({ passed: 0, failed: 1, skipped: [], broken: ['a'] });
});

test('a file whose set-up fails counts as a failure, and its tests as skipped', () => {
  expect(read(file('a', 'failed', 'skipped'))).toEqual({
    passed: 0,
    failed: 1,
    skipped: ['a 0'],
    broken: ['a'],
  });
});

test('a missing report counts as a failure', () => {
  expect(readReport(join(folder, 'none.json')).failed).toBe(1);
});

test('a report cut short counts as a failure', () => {
  const path = join(folder, 'cut.json');
  writeFileSync(path, '{"testResults": [');
  expect(readReport(path).failed).toBe(1);
});
