import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sddlBatchLine } from './sddl-batch-line.ts';

function answer(request: unknown): unknown {
  return JSON.parse(sddlBatchLine(JSON.stringify(request)));
}

const EMPTY_DACL = '010004800000000000000000000000001400000002000800' + '00000000';

it('turns SDDL into bytes and back', () => {
  expect(answer({ id: 7, sddl: 'D:' })).toEqual({ id: 7, ok: true, hex: EMPTY_DACL, back: 'D:' });
  expect(answer({ id: 'x', sddl: 'O:la', domain: 'S-1-5-21-1-2-3' })).toMatchObject({
    ok: true,
    back: 'O:LA',
  });
});

it('turns bytes into SDDL', () => {
  expect(answer({ id: 1, hex: EMPTY_DACL.toUpperCase() })).toEqual({ id: 1, ok: true, sddl: 'D:' });
});

it('answers null where SDDL has no words', () => {
  const compound = `01000480${'00'.repeat(12)}1400000002001c000100000004001400${'01'.repeat(16)}`;
  expect(answer({ id: 1, hex: compound })).toEqual({ id: 1, ok: true, sddl: null });
});

it('gives the canonical text of a SID', () => {
  expect(answer({ id: 1, sid: 's-1-0x5-18' })).toEqual({ id: 1, ok: true, sid: 'S-1-5-18' });
});

it.each([
  [
    { id: 1, sddl: 'd:' },
    { code: 'INVALID_SDDL', at: 0 },
  ],
  [
    { id: 1, sddl: 'O:DA' },
    { code: 'INVALID_SDDL', at: 2 },
  ],
  [
    { id: 1, hex: '0100' },
    { code: 'ERROR_INVALID_SECURITY_DESCR', at: 0 },
  ],
  [
    { id: 1, hex: 'abc' },
    { code: 'INVALID_REQUEST', at: null },
  ],
  [
    { id: 1, sid: 'BA' },
    { code: 'ERROR_INVALID_SID', at: 0 },
  ],
  [
    { id: 1, sddl: 'D:', domain: 'BA' },
    { code: 'ERROR_INVALID_SID', at: 0 },
  ],
  [
    { id: 1, sddl: 5 },
    { code: 'INVALID_REQUEST', at: null },
  ],
  [{ id: 1 }, { code: 'INVALID_REQUEST', at: null }],
])('answers %j with an error', (request, error) => {
  expect(answer(request)).toEqual({ id: 1, ok: false, message: expect.any(String), ...error });
});

it.each(['', '{', '[]', 'null', '5'])('answers the line %j with an error', (line) => {
  expect(JSON.parse(sddlBatchLine(line))).toMatchObject({
    id: null,
    ok: false,
    code: 'INVALID_REQUEST',
    at: null,
  });
});

it('answers any line with one line', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
      const back = sddlBatchLine(line);
      expect(back).not.toContain('\n');
      expect(JSON.parse(back)).toHaveProperty('ok');
    }),
  );
});
