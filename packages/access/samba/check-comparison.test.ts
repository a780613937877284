import { expect, test } from 'vitest';
import { KNOWN_DIFFERENCES } from './check-differences.ts';
import { compareChecks } from './compare-checks.ts';
import { compareConditions } from './compare-conditions.ts';

/** `WMISEC_SAMBA_CASES=50000` compares more; `WMISEC_SAMBA_SEED` others. */
const COUNT = Number(process.env['WMISEC_SAMBA_CASES'] ?? 5000);
const SEED = Number(process.env['WMISEC_SAMBA_SEED'] ?? 1);

test('random checks come out as with Samba, apart from differences that have a name', () => {
  const { agreed, known, disagreements } = compareChecks(SEED, COUNT);
  expect(disagreements).toEqual([]);
  expect(agreed).toBeGreaterThan(COUNT / 2);
  expect([...known.keys()].sort()).toEqual(KNOWN_DIFFERENCES.map(({ name }) => name).sort());
});

/** The root of a system whose python3-samba is 4.20 or later, such as one made by `debootstrap trixie`. */
const CHROOT = process.env.WMISEC_SAMBA_CHROOT;

if (CHROOT !== undefined)
  test('random conditions come out as with a Samba that knows them', () => {
    expect(compareConditions(CHROOT, SEED, COUNT)).toEqual([]);
  });
