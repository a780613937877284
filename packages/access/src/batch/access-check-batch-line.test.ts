import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessCheckBatchLine } from './access-check-batch-line.ts';

const USER = 'S-1-5-21-1-2-3-1000';
const TOKEN = { user: USER, groups: ['S-1-5-11'] };

function ask(input: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(accessCheckBatchLine(JSON.stringify({ id: 7, token: TOKEN, ...input })));
}

test('a grant, a denial and a maximum', () => {
  const sddl = 'O:SYG:SYD:(A;;CCDC;;;AU)';
  expect(ask({ sddl, desired: 1 })).toEqual({ id: 7, ok: true, granted: true, mask: 1 });
  expect(ask({ sddl, desired: 4 })).toEqual({ id: 7, ok: true, granted: false, mask: 0 });
  expect(ask({ sddl, desired: 0x02000000 })).toEqual({ id: 7, ok: true, granted: true, mask: 3 });
  expect(ask({ sddl, desired: 0 })).toEqual({ id: 7, ok: true, granted: false, mask: 0 });
});

test('masks are unsigned', () => {
  expect(ask({ sddl: 'O:SYG:SYD:(A;;GRCC;;;AU)', desired: 0x02000000 })).toMatchObject({ mask: 0x80000001 });
});

test('a descriptor in hex', () => {
  const hex =
    '0100048030000000400000000000000014000000' +
    '02001c0001000000000214000300060001010000000000010000000001020000000000052000000020020000' +
    '01020000000000052000000020020000';
  const caller = { user: USER, groups: ['S-1-1-0'] };
  expect(ask({ hex, desired: 3, token: caller })).toMatchObject({ ok: true, granted: true, mask: 3 });
});

test('a mapping in numbers, and that of WMI', () => {
  const sddl = 'O:SYG:SYD:(A;;GA;;;AU)';
  expect(ask({ sddl, desired: 0x02000000, mapping: [1, 2, 4, 7] })).toMatchObject({ mask: 7 });
  expect(ask({ sddl, desired: 0x02000000, mapping: 'wmi' })).toMatchObject({ mask: 0x6003f });
});

test('a tree gives a result for each node', () => {
  const tree = [
    [0, 'bf967aba-0de6-11d0-a285-00aa003049e2'],
    [1, '{BF967A7F-0DE6-11D0-A285-00AA003049E2}'],
  ];
  const sddl =
    'O:SYG:SYD:(OA;;CC;bf967a7f-0de6-11d0-a285-00aa003049e2;;AU)(OD;;DC;bf967aba-0de6-11d0-a285-00aa003049e2;;AU)';
  expect(ask({ sddl, desired: 2, tree })).toEqual({
    id: 7,
    ok: true,
    granted: false,
    mask: 0,
    nodes: [
      { granted: false, mask: 0 },
      { granted: false, mask: 0 },
    ],
  });
  expect(ask({ sddl, desired: 1, tree }).nodes).toEqual([
    { granted: true, mask: 1 },
    { granted: true, mask: 1 },
  ]);
});

test('PRINCIPAL_SELF, and aliases of a domain', () => {
  expect(ask({ sddl: 'O:SYG:SYD:(A;;CC;;;PS)', desired: 1, self: USER })).toMatchObject({ granted: true });
  const token = { user: 'S-1-5-21-1-2-3-512' };
  const sddl = 'O:SYG:SYD:(A;;CC;;;DA)';
  expect(ask({ sddl, desired: 1, token, domain: 'S-1-5-21-1-2-3' })).toMatchObject({ granted: true });
});

describe('tokens', () => {
  const sddl = 'O:SYG:SYD:(D;;DC;;;BA)(A;;CCDC;;;BA)(A;;CCDC;;;AU)';
  const groupAs = (attributes: unknown) => ({
    user: USER,
    groups: ['S-1-5-11', { sid: 'S-1-5-32-544', attributes }],
  });

  test('a group without attributes is disabled, a deny-only one refuses', () => {
    expect(ask({ sddl, desired: 2, token: groupAs([]) })).toMatchObject({ granted: true });
    expect(ask({ sddl, desired: 2, token: groupAs(['UseForDenyOnly']) })).toMatchObject({ granted: false });
    expect(ask({ sddl, desired: 2, token: groupAs(['Mandatory', 'Enabled']) })).toMatchObject({
      granted: false,
    });
  });

  test('a missing privilege is an answer, not an error', () => {
    expect(ask({ sddl, desired: 0x01000000 })).toEqual({
      id: 7,
      ok: true,
      granted: false,
      mask: 0,
      code: 'ERROR_PRIVILEGE_NOT_HELD',
    });
    const token = { ...TOKEN, privileges: ['SeSecurityPrivilege'] };
    expect(ask({ sddl, desired: 0x01000000, token })).toMatchObject({ granted: true, mask: 0x01000000 });
  });

  test('restricting SIDs, and an empty list of them', () => {
    expect(ask({ sddl, desired: 1, token: { ...TOKEN, restricted: ['S-1-5-12'] } })).toMatchObject({
      granted: false,
    });
    expect(ask({ sddl, desired: 1, token: { ...TOKEN, restricted: [] } })).toMatchObject({ granted: true });
  });

  test.each([4096, 'S-1-16-4096', 'low'])('integrity as %j', (integrity) => {
    const labelled = `${sddl}S:(ML;;NWNR;;;ME)`;
    const token = { ...TOKEN, integrity };
    expect(ask({ sddl: labelled, desired: 1, token, mapping: [1, 2, 4, 7] })).toMatchObject({
      granted: false,
    });
  });
});

test.each<[string, Record<string, unknown>, string]>([
  ['a generic right', { sddl: 'O:SYG:SYD:', desired: 0x80000000 }, 'ERROR_GENERIC_NOT_MAPPED'],
  ['no owner', { sddl: 'G:SYD:', desired: 1 }, 'ERROR_INVALID_SECURITY_DESCR'],
  ['no group', { sddl: 'O:SYD:', desired: 1 }, 'ERROR_INVALID_SECURITY_DESCR'],
  ['a list out of order', { sddl: 'O:SYG:SYD:', desired: 1, tree: [] }, 'ERROR_INVALID_PARAMETER'],
  ['no descriptor', { desired: 1 }, 'INVALID_ARGUMENT'],
  ['a mask with a sign', { sddl: 'O:SYG:SYD:', desired: -1 }, 'INVALID_ARGUMENT'],
  ['odd hex', { hex: '010', desired: 1 }, 'INVALID_ARGUMENT'],
  ['a short mapping', { sddl: 'O:SYG:SYD:', desired: 1, mapping: [1] }, 'INVALID_ARGUMENT'],
  [
    'an unknown privilege',
    { sddl: 'O:SYG:SYD:', desired: 1, token: { user: USER, privileges: ['SeX'] } },
    'INVALID_ARGUMENT',
  ],
  ['a bad SID', { sddl: 'O:SYG:SYD:', desired: 1, token: { user: 'ann' } }, 'ERROR_INVALID_SID'],
  ['no token', { sddl: 'O:SYG:SYD:', desired: 1, token: null }, 'INVALID_ARGUMENT'],
])('%s is an error with a code', (_, input, code) => {
  const answer = ask(input);
  expect(answer).toMatchObject({ id: 7, ok: false, code });
  expect(answer.message).not.toContain('\n');
});

test('bad SDDL says where', () => {
  expect(ask({ sddl: 'O:SYG:SYD:(A;;CC;;;??)', desired: 1 })).toMatchObject({
    ok: false,
    at: expect.any(Number),
  });
});

describe('claims', () => {
  const sddl = 'O:SYG:SYD:(XA;;CC;;;AU;(@User.c == @Resource.r))S:(RA;;;;;WD;("r",TI,0,5))';
  const holds = (claim: unknown) =>
    ask({ sddl, desired: 1, token: { ...TOKEN, userClaims: { c: claim } } }).granted;

  test('integers are numbers or decimal strings', () => {
    expect(holds({ type: 'int', values: [5] })).toBe(true);
    expect(holds({ type: 'uint', values: ['5'] })).toBe(true);
    expect(holds({ type: 'int', values: ['-5'] })).toBe(false);
    expect(holds({ type: 'int', values: [] })).toBe(false);
    expect(holds({ type: 'string', values: ['5'] })).toBe(false);
  });

  test('a flag makes a claim case-sensitive', () => {
    const asked = (flags: number) =>
      ask({
        sddl: 'O:SYG:SYD:(XA;;CC;;;AU;(@User.c == "X"))',
        desired: 1,
        token: { ...TOKEN, userClaims: { c: { type: 'string', values: ['x'], flags } } },
      })['granted'];
    expect([asked(0), asked(2)]).toEqual([true, false]);
  });

  test('claims of the device and of the environment, and groups of the device', () => {
    const token = {
      ...TOKEN,
      deviceGroups: ['S-1-5-32-573'],
      deviceClaims: { d: { type: 'bool', values: [true] } },
      localClaims: { l: { type: 'octets', values: ['0102'] } },
    };
    const condition = '(Device_Member_of {SID(S-1-5-32-573)}) && (@Device.d == 1) && (l == #0102)';
    const sddl = `O:SYG:SYD:(XA;;CC;;;AU;(${condition}))`;
    expect(ask({ sddl, desired: 1, token })).toMatchObject({ granted: true });
    expect(ask({ sddl, desired: 1 })).toMatchObject({ granted: false });
  });

  test.each<[string, unknown]>([
    ['an unknown type', { type: 'float', values: [] }],
    ['a name that every object has', { type: 'constructor', values: [] }],
    ['no values', { type: 'int' }],
    ['an integer that is none', { type: 'int', values: [1.5] }],
    ['an integer that is too large', { type: 'int', values: ['9223372036854775808'] }],
    ['a negative unsigned integer', { type: 'uint', values: [-1] }],
    ['odd octets', { type: 'octets', values: ['abc'] }],
    ['a Boolean that is none', { type: 'bool', values: ['true'] }],
  ])('%s is refused', (_, claim) => {
    expect(ask({ sddl, desired: 1, token: { ...TOKEN, userClaims: { c: claim } } })).toMatchObject({
      ok: false,
      code: 'INVALID_ARGUMENT',
    });
  });
});

describe('any line is answered with one line of JSON', () => {
  test.each(['', 'x', '[]', 'null', '"a"', '{}', '{"id":1}'])('%s', (line) => {
    expect(JSON.parse(accessCheckBatchLine(line))).toMatchObject({ ok: false });
  });

  test('a member that is null counts as absent', () => {
    const sddl = 'O:SYG:SYD:(A;;CC;;;AU)';
    const answer = ask({ sddl, desired: 1, hex: null, mapping: null, tree: null, self: null, domain: null });
    expect(answer).toMatchObject({ ok: true, granted: true });
  });

  test('however deep it is', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    for (const member of ['id', 'token', 'mapping', 'sddl'])
      expect(JSON.parse(accessCheckBatchLine(`{"desired":1,"${member}":${deep}}`))).toMatchObject({
        ok: false,
      });
  });

  test('whatever its values are', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('O:SYG:SYD:(A;;CC;;;WD)', 'S-1-1-0', 1),
    );
    const line = fc.record({
      id: fc.jsonValue({ maxDepth: 1 }),
      sddl: value,
      hex: fc.option(fc.string(), { nil: undefined }),
      token: fc.oneof(value, fc.record({ user: value, groups: value, userClaims: value, integrity: value })),
      desired: value,
      mapping: value,
      tree: value,
    });
    fc.assert(
      fc.property(line, (input) => {
        const answer = accessCheckBatchLine(JSON.stringify(input));
        expect(answer).not.toContain('\n');
        expect(JSON.parse(answer)).toMatchObject({ ok: expect.any(Boolean) });
        expect(answer).not.toContain('INTERNAL_ERROR');
      }),
      { numRuns: 2000 },
    );
  });
});
