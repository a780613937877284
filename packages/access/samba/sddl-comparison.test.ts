import { describe, expect, it } from 'vitest';
import { compareSddl, hasSamba } from './compare-sddl.ts';
import { SDDL_DIFFERENCES } from './sddl-differences.ts';

/** `WMISEC_SAMBA_CASES=50000` compares more; `WMISEC_SAMBA_SEED` others. */
const COUNT = Number(process.env['WMISEC_SAMBA_CASES'] ?? 4000);
const SEED = Number(process.env['WMISEC_SAMBA_SEED'] ?? 1);

describe.skipIf(!hasSamba())('random SDDL, beside Samba (apt-get install python3-samba)', () => {
  it('is read alike, apart from differences that have a name', { timeout: 600_000 }, () => {
    const { agreed, known, disagreements } = compareSddl(SEED, COUNT);
    expect(disagreements).toEqual([]);
    expect(agreed).toBeGreaterThan(COUNT / 3);
    expect(SDDL_DIFFERENCES.filter((name) => !known.has(name))).toEqual([]);
  });
});
