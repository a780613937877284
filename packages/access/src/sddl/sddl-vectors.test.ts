import { describe, expect, it, test } from 'vitest';
import { decodeSecurityDescriptor } from '../descriptor/decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from '../descriptor/encode-security-descriptor.ts';
import { formatSddl } from './format-sddl.ts';
import { parseSddl } from './parse-sddl.ts';

const BA = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0];
const WD = [1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
const system = (rid: number) => [1, 1, 0, 0, 0, 0, 0, 5, rid, 0, 0, 0];
const header = (control: number, owner: number, group: number, dacl: number) => [
  1,
  0,
  control & 255,
  control >> 8,
  owner,
  0,
  0,
  0,
  group,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  dacl,
  0,
  0,
  0,
];
const acl = (count: number, ...aces: number[][]) => [
  2,
  0,
  8 + aces.flat().length,
  0,
  count,
  0,
  0,
  0,
  ...aces.flat(),
];
const ace = (type: number, flags: number, mask: number[], sid: number[]) => [
  type,
  flags,
  8 + sid.length,
  0,
  ...mask,
  ...sid,
];

const DEFAULT_SDDL =
  'O:BAG:BAD:(A;CI;CCDCLCSWRPWPRCWD;;;BA)(A;CI;CCDCRP;;;NS)(A;CI;CCDCRP;;;LS)(A;CI;CCDCRP;;;AU)';

const windowsOrder: [sddl: string, bytes: number[]][] = [
  [
    'O:BAG:BAD:(A;;LO;;;BA)',
    [...header(0x8004, 52, 68, 20), ...acl(1, ace(0, 0, [128, 0, 0, 0], BA)), ...BA, ...BA],
  ],
  [
    'O:BAG:BAD:(A;CI;CCDCRCWD;;;WD)',
    [...header(0x8004, 48, 64, 20), ...acl(1, ace(0, 2, [3, 0, 6, 0], WD)), ...BA, ...BA],
  ],
  ['O:BAG:BAD:', [...header(0x8004, 28, 44, 20), ...acl(0), ...BA, ...BA]],
  ['O:BAG:BA', [...header(0x8000, 20, 36, 0), ...BA, ...BA]],
  [
    DEFAULT_SDDL,
    [
      ...header(0x8004, 112, 128, 20),
      ...acl(
        4,
        ace(0, 2, [63, 0, 6, 0], BA),
        ace(0, 2, [19, 0, 0, 0], system(20)),
        ace(0, 2, [19, 0, 0, 0], system(19)),
        ace(0, 2, [19, 0, 0, 0], system(11)),
      ),
      ...BA,
      ...BA,
    ],
  ],
];

const ownerFirst = (control: number, dacl: number[]) => [
  ...header(control, 20, 36, 52),
  ...BA,
  ...BA,
  ...dacl,
];

const wineOrder: [sddl: string, bytes: number[]][] = [
  ['O:BAG:BAD:(A;;LO;;;BA)', ownerFirst(0x8004, acl(1, ace(0, 0, [128, 0, 0, 0], BA)))],
  ['O:BAG:BAD:(A;;DT;;;BA)', ownerFirst(0x8004, acl(1, ace(0, 0, [64, 0, 0, 0], BA)))],
  ['O:BAG:BAD:(A;CI;CCDCRCWD;;;WD)', ownerFirst(0x8004, acl(1, ace(0, 2, [3, 0, 6, 0], WD)))],
  ['O:BAG:BAD:', ownerFirst(0x8004, acl(0))],
  ['O:BAG:BA', [...header(0x8000, 20, 36, 0), ...BA, ...BA]],
  [
    'O:BAG:BAD:P(D;;WP;;;NU)(A;CI;CCDCLCSWRPWPRCWD;;;BA)(A;CI;CCDCRP;;;AU)(A;CI;CCDCRP;;;LS)(A;CI;CCDCRP;;;NS)',
    ownerFirst(
      0x9004,
      acl(
        5,
        ace(1, 0, [32, 0, 0, 0], system(2)),
        ace(0, 2, [63, 0, 6, 0], BA),
        ace(0, 2, [19, 0, 0, 0], system(11)),
        ace(0, 2, [19, 0, 0, 0], system(19)),
        ace(0, 2, [19, 0, 0, 0], system(20)),
      ),
    ),
  ],
];

/** The sample of the SetSD page: the DACL stands first, as Windows writes it, and gives Everyone full control. */
const setSdSample: [sddl: string, bytes: number[]] = [
  'O:BAG:BAD:AR(A;CI;CCDCLCSWRPWPRCWD;;;BA)(A;CI;CCDCLCSWRPWPRCWD;;;WD)',
  [
    ...header(0x8104, 72, 88, 20),
    ...acl(2, ace(0, 2, [63, 0, 6, 0], BA), ace(0, 2, [63, 0, 6, 0], WD)),
    ...BA,
    ...BA,
  ],
];

describe('AC-12.1 the vectors of docs/rules.md 12.6', () => {
  it.each([...windowsOrder, ...wineOrder, setSdSample])('%s is printed from its bytes', (sddl, bytes) => {
    expect(formatSddl(decodeSecurityDescriptor(Uint8Array.from(bytes)))).toBe(sddl);
  });

  it.each([...windowsOrder, setSdSample])('%s converts to exactly the bytes of Windows', (sddl, bytes) => {
    expect(Array.from(encodeSecurityDescriptor(parseSddl(sddl)))).toEqual(bytes);
  });

  it.each(wineOrder)('%s equals the descriptor in another order of parts', (sddl, bytes) => {
    expect(parseSddl(sddl)).toEqual(decodeSecurityDescriptor(Uint8Array.from(bytes)));
  });

  it.each([
    ['O:BAG:BAD:(A;;0x80;;;BA)', 'O:BAG:BAD:(A;;LO;;;BA)'],
    ['O:BAG:BAD:(A;CI;0x60003;;;WD)', 'O:BAG:BAD:(A;CI;CCDCRCWD;;;WD)'],
  ])('%s is printed as %s', (text, printed) => expect(formatSddl(parseSddl(text))).toBe(printed));
});

test('AC-9.11 AC-12.1 lower-case tags are refused', () => {
  for (const text of ['o:BAg:BAD:(A;;CC;;;BA)', 'O:BAg:BA', 'd:(A;;CC;;;AU)']) {
    expect(() => parseSddl(text)).toThrow(expect.objectContaining({ code: 'INVALID_SDDL' }));
  }
});

describe('AC-12.10', () => {
  it('reads small letters inside as capitals', () => {
    expect(parseSddl('D:(a;ci;ccdcrp;;;au)')).toEqual(parseSddl('D:(A;CI;CCDCRP;;;AU)'));
  });

  it('accepts an ACL with 36 bytes of slack and does not print them', () => {
    const bytes = [
      ...header(0x8004, 0, 0, 20),
      ...acl(1, ace(0, 0, [1, 0, 0, 0], BA)),
      ...Array(36).fill(0xee),
    ];
    bytes[22]! += 36;
    const descriptor = decodeSecurityDescriptor(Uint8Array.from(bytes));
    expect(formatSddl(descriptor)).toBe('D:(A;;CC;;;BA)');
    expect(encodeSecurityDescriptor(descriptor)).toHaveLength(bytes.length - 36);
  });

  it('writes ACL revision 2 for plain ACEs and 4 for object ACEs', () => {
    const revision = (sddl: string) => encodeSecurityDescriptor(parseSddl(sddl))[20];
    expect(revision('D:(A;;CC;;;AU)')).toBe(2);
    expect(revision('D:(OA;;CC;bf967aba-0de6-11d0-a285-00aa003049e2;;AU)')).toBe(4);
    expect(revision('D:(OA;;CC;;;AU)')).toBe(2);
  });
});
