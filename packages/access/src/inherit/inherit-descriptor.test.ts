import { describe, expect, it, test } from 'vitest';
import { formatSddl } from '../sddl/format-sddl.ts';
import { parseSddl } from '../sddl/parse-sddl.ts';
import { canonicalOrder, isCanonicalOrder } from './canonical-order.ts';
import { type InheritOptions, inheritDescriptor } from './inherit-descriptor.ts';

const FILES = { read: 0x120089, write: 0x120116, execute: 0x1200a0, all: 0x1f01ff };
const container: InheritOptions = {
  isContainer: true,
  owner: 'S-1-5-18',
  group: 'S-1-5-32-544',
  mapping: FILES,
};
const leaf: InheritOptions = { ...container, isContainer: false };

function inherit(parent: string, options: InheritOptions, own?: string): string {
  const given = own === undefined ? options : { ...options, own: parseSddl(own) };
  const child = inheritDescriptor(parseSddl(parent), given);
  return formatSddl(child).replace('O:SYG:BA', '');
}

describe('the table of ACE Inheritance Rules', () => {
  it.each([
    ['object-inherit', '(A;OI;CC;;;AU)', 'D:AI(A;OIIOID;CC;;;AU)', 'D:AI(A;ID;CC;;;AU)'],
    ['object-inherit, no propagation', '(A;OINP;CC;;;AU)', '', 'D:AI(A;ID;CC;;;AU)'],
    ['container-inherit', '(A;CI;CC;;;AU)', 'D:AI(A;CIID;CC;;;AU)', ''],
    ['container-inherit, no propagation', '(A;CINP;CC;;;AU)', 'D:AI(A;ID;CC;;;AU)', ''],
    ['both', '(A;OICI;CC;;;AU)', 'D:AI(A;OICIID;CC;;;AU)', 'D:AI(A;ID;CC;;;AU)'],
    ['both, inherit-only', '(A;OICIIO;CC;;;AU)', 'D:AI(A;OICIID;CC;;;AU)', 'D:AI(A;ID;CC;;;AU)'],
    ['neither', '(A;;CC;;;AU)', '', ''],
  ])('%s', (_, ace, intoContainer, intoLeaf) => {
    expect(inherit(`D:${ace}`, container)).toBe(intoContainer);
    expect(inherit(`D:${ace}`, leaf)).toBe(intoLeaf);
  });
});

describe('generic parts', () => {
  it('are replaced in what is in force, and passed on as they are', () => {
    expect(inherit('D:(A;OICIIO;GA;;;CO)', container)).toBe('D:AI(A;ID;FA;;;SY)(A;OICIIOID;GA;;;CO)');
    expect(inherit('D:(A;OICI;GR;;;CG)', leaf)).toBe('D:AI(A;ID;FR;;;BA)');
    expect(inherit('D:(A;CINP;GA;;;CO)', container)).toBe('D:AI(A;ID;FA;;;SY)');
  });

  it('stay generic without a mapping', () => {
    const { mapping: _, ...unmapped } = container;
    expect(inherit('D:(A;CI;GA;;;AU)', unmapped)).toBe('D:AI(A;CIID;GA;;;AU)');
  });
});

describe('an ACE for one class of child', () => {
  const user = 'bf967aba-0de6-11d0-a285-00aa003049e2';
  const parent = `D:(OA;CIIO;RP;;${user};AU)`;

  it('is in force on that class', () => {
    const options = { ...container, objectType: `{${user.toUpperCase()}}` as const };
    expect(inherit(parent, options)).toBe(`D:AI(OA;CIID;RP;;${user};AU)`);
  });

  it('only passes through others', () => {
    expect(inherit(parent, container)).toBe(`D:AI(OA;CIIOID;RP;;${user};AU)`);
    expect(inherit(parent.replace('CIIO', 'CINP'), container)).toBe('');
  });
});

describe("the child's own entries", () => {
  it('come first, and old inherited ones are replaced', () => {
    expect(inherit('D:(A;CI;CC;;;AU)', container, 'D:(A;;DC;;;BA)(A;CIID;LC;;;WD)')).toBe(
      'D:AI(A;;DC;;;BA)(A;CIID;CC;;;AU)',
    );
  });

  it('are all there is when they are protected', () => {
    expect(inherit('D:(A;CI;CC;;;AU)', container, 'D:P(A;;DC;;;BA)')).toBe('D:PAI(A;;DC;;;BA)');
  });

  it('are none when the child asks for a null DACL', () => {
    expect(inherit('D:(A;CI;CC;;;AU)', container, 'D:NO_ACCESS_CONTROL')).toBe('D:NO_ACCESS_CONTROL');
  });

  it('are the default where nobody gives any', () => {
    const { dacl: defaultDacl } = parseSddl('D:(A;;GA;;;SY)');
    expect(inherit('D:(A;;CC;;;AU)', { ...container, defaultDacl })).toBe('D:(A;;GA;;;SY)');
  });
});

it('inherits a SACL by the same rules', () => {
  expect(inherit('S:(AU;OICISA;CC;;;WD)(ML;OICI;NW;;;HI)', leaf)).toBe(
    'S:AI(AU;IDSA;CC;;;WD)(ML;ID;NW;;;HI)',
  );
});

test('AC-9.16 inherited denies stand before inherited allows, all after its own entries', () => {
  const parent = 'D:(D;CI;DC;;;BG)(A;CI;CC;;;AU)(A;CI;RP;;;BA)';
  expect(inherit(parent, container, 'D:(A;;LC;;;SY)')).toBe(
    'D:AI(A;;LC;;;SY)(D;CIID;DC;;;BG)(A;CIID;CC;;;AU)(A;CIID;RP;;;BA)',
  );
});

describe('the preferred order', () => {
  const acesOf = (sddl: string) => {
    const { dacl } = parseSddl(sddl);
    return dacl.kind === 'list' ? dacl.aces : [];
  };

  it('is own denies, own allows, then what is inherited', () => {
    const mixed = acesOf('D:(A;ID;CC;;;AU)(D;ID;CC;;;BG)(A;;CC;;;AU)(D;;CC;;;BG)(XD;;CC;;;BU;(@User.a))');
    expect(isCanonicalOrder(mixed)).toBe(false);
    const sorted = canonicalOrder(mixed);
    expect(isCanonicalOrder(sorted)).toBe(true);
    expect(sorted.map(({ type, flags }) => [type, flags])).toEqual([
      [1, 0],
      [10, 0],
      [0, 0],
      [0, 16],
      [1, 16],
    ]);
  });

  it('is kept by an empty list', () => expect(isCanonicalOrder([])).toBe(true));
});
