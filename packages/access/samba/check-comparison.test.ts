import { expect, test } from 'vitest';
import { KNOWN_DIFFERENCES } from './check-differences.ts';
import { compareChecks } from './compare-checks.ts';

/** `WMISEC_SAMBA_CASES=50000` compares more; `WMISEC_SAMBA_SEED` others. */
const COUNT = Number(process.env['WMISEC_SAMBA_CASES'] ?? 5000);
const SEED = Number(process.env['WMISEC_SAMBA_SEED'] ?? 1);

test('random checks come out as with Samba, apart from differences that have a name', () => {
  const { agreed, known, disagreements } = compareChecks(SEED, COUNT);
  expect(disagreements).toEqual([]);
  expect(agreed).toBeGreaterThan(COUNT / 2);
  expect([...known.keys()].sort()).toEqual(KNOWN_DIFFERENCES.map(({ name }) => name).sort());
});
