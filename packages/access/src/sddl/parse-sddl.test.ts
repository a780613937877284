import { describe, expect, it } from 'vitest';
import type { Ace } from '../descriptor/ace.ts';
import { AceType } from '../descriptor/ace.ts';
import { decodeSecurityDescriptor } from '../descriptor/decode-security-descriptor.ts';
import { formatSddl } from './format-sddl.ts';
import { parseSddl } from './parse-sddl.ts';

const domain = 'S-1-5-21-1-2-3';

function printed(text: string): string {
  return formatSddl(parseSddl(text, { domain }), { domain });
}

function firstAce(text: string): Ace {
  const { dacl } = parseSddl(text);
  if (dacl.kind !== 'list') throw new Error('no DACL');
  return dacl.aces[0]!;
}

describe('an ACL', () => {
  it('is absent, null or a list', () => {
    expect(parseSddl('O:BA').dacl).toEqual({ kind: 'absent' });
    expect(parseSddl('D:NO_ACCESS_CONTROL').dacl).toEqual({ kind: 'null' });
    expect(parseSddl('D:').dacl).toEqual({ kind: 'list', aces: [] });
    expect(printed('D:PNO_ACCESS_CONTROL')).toBe('D:PNO_ACCESS_CONTROL');
  });

  it.each([
    ['D:AIPAR', 'D:PARAI'],
    ['D:PP', 'D:P'],
    ['S:paiD:', 'D:S:PAI'],
    ['D:ARAIS:PAR', 'D:ARAIS:PAR'],
  ])('prints the flags of %s as %s', (text, back) => expect(printed(text)).toBe(back));

  it('has no entries of a system type when it is a DACL', () => {
    for (const ace of ['(AU;SA;CR;;;BA)', '(ML;;NW;;;LW)']) {
      expect(() => parseSddl(`D:${ace}`)).toThrow('at offset 2');
      expect(printed(`S:${ace}`)).toBe(`S:${ace}`);
    }
  });
});

describe('rights', () => {
  it.each([
    ['RPWPCRCCDCLCLORCWOWDSDDTSW', 'CCDCLCSWRPWPDTLOCRSDRCWDWO'],
    ['GRGWGXGA', 'GAGXGWGR'],
    ['0x1f01ff', 'FA'],
    ['0x120089', 'FR'],
    ['0x120116', 'FW'],
    ['0x1200a0', 'FX'],
    ['0xf003f', 'KA'],
    ['KX', 'KR'],
    ['KW', 'KW'],
    ['0x1200a9', '0x1200a9'],
    ['FAGX', '0x201f01ff'],
    ['16', 'RP'],
    ['020', 'RP'],
    ['0X10', 'RP'],
    ['', ''],
    ['0', ''],
    ['4294967295', '0xffffffff'],
  ])('%j are printed as %j', (rights, back) => {
    expect(printed(`D:(A;;${rights};;;WD)`)).toBe(`D:(A;;${back};;;WD)`);
  });

  it('of a mandatory label have words of their own', () => {
    expect(printed('S:(ML;;NRNXNW;;;HI)')).toBe('S:(ML;;NWNRNX;;;HI)');
    expect(printed('S:(ML;;0x8;;;HI)')).toBe('S:(ML;;0x8;;;HI)');
  });

  it.each(['0x123456789', '-1', '-0x1', '100000000000', '09', '0x', '12CC', 'CC12', 'QQ', 'C'])(
    '%s are refused, though Windows takes numbers of any size',
    (rights) => expect(() => parseSddl(`D:(A;;${rights};;;WD)`)).toThrow(/SDDL: at offset \d+, expected/),
  );
});

describe('blanks and small letters that Windows lets pass', () => {
  it.each([
    [' D:(A;;GA;;;WD) ', 'D:(A;;GA;;;WD)'],
    ['O: BA  G: SY D: P (A;;GA;;;WD) (A;;GX;;;BA)', 'O:BAG:SYD:P(A;;GA;;;WD)(A;;GX;;;BA)'],
    ['D:(A; ;GA;;;WD)', 'D:(A;;GA;;;WD)'],
    ['D:( a; ci; rp lc  rc; ; ; wd )', 'D:(A;CI;LCRPRC;;;WD)'],
    ['D:(A;;GA;;; S-1-3-4)', 'D:(A;;GA;;;OW)'],
    ['O:S- 1- 2-3', 'O:S-1-2-3'],
    ['O:S-1-2-0x200D:', 'O:S-1-2-512D:'],
    ['d'.toUpperCase().concat(':(a;oici;fa;;;s-1-1-0)'), 'D:(A;OICI;FA;;;WD)'],
  ])('%j is %s', (text, back) => expect(printed(text)).toBe(back));

  it.each([
    'D :(A;;GA;;;WD)',
    'D:(A;;GA ;;;WD)',
    'D:(A;;RP\tLC;;;WD)',
    'D:(A;;R P;;;WD)',
    'D:(A;;GA;;;S-1-3-4 )',
    'D:(A;;GA; f30e3bbf-9ff0-11d1-b603-0000f80367c1;;WD)',
  ])('%j is refused, as in Windows', (text) => {
    expect(() => parseSddl(text)).toThrow(expect.objectContaining({ code: 'INVALID_SDDL' }));
  });
});

describe('SIDs', () => {
  it('of a domain need to know it', () => {
    expect(parseSddl('O:DAG:LG', { domain })).toMatchObject({
      owner: `${domain}-512`,
      group: `${domain}-501`,
    });
    expect(() => parseSddl('O:DA')).toThrow('SDDL: at offset 2, expected an alias that needs no domain SID');
    expect(formatSddl(parseSddl('O:DA', { domain }))).toBe(`O:${domain}-512`);
    expect(printed(`O:${domain}0-512`)).toBe(`O:${domain}0-512`);
  });

  it('print an authority above 32 bits as Windows does in SDDL', () => {
    expect(printed('O:S-1-5000000000-30-40')).toBe('O:S-1-0x12A05F200-30-40');
  });

  it('of too many bits are refused, though Windows cuts them off', () => {
    expect(() => parseSddl('O:S-1-3-4294967296-4')).toThrow('at offset 8');
  });
});

describe('object ACEs', () => {
  const user = 'bf967aba-0de6-11d0-a285-00aa003049e2';

  it('hold up to two GUIDs', () => {
    const text = `D:(OA;CI;RP;${user};;AU)(OD;CI;RP;;${user};AU)(OA;CI;RP;${user};${user};AU)`;
    expect(printed(text.toUpperCase().replace('D:', 'D:'))).toBe(text);
  });

  it('without a GUID allow as plain ones, as in Windows', () => {
    expect(firstAce('D:(OA;;RP;;;AU)').type).toBe(AceType.AccessAllowed);
    expect(firstAce('D:(OD;;RP;;;AU)').type).toBe(AceType.AccessDeniedObject);
  });

  it.each([`(A;;RP;${user};;AU)`, `(OA;;RP;{${user}};;AU)`, '(OA;;RP;0123456789abcdef;;AU)'])(
    '%s is refused',
    (ace) => expect(() => parseSddl(`D:${ace}`)).toThrow(expect.objectContaining({ code: 'INVALID_SDDL' })),
  );
});

describe('an error', () => {
  it.each([
    ['D:(A;;GA;;;WD', 13, '")"', 'the end'],
    ['D:(A;;GA)', 8, 'a right such as RP, or ";"', '")"'],
    ['D:(B;;GA;;;WD)', 3, 'an ACE type such as A or OA', '"B;;GA;;;WD)"'],
    ['D:(A;XX;GA;;;WD)', 5, 'an ACE flag such as CI, or ";"', '"XX;GA;;;WD)"'],
    ['O:XX', 2, 'a SID or its alias', '"XX"'],
    ['O:BAO:BA', 4, 'O:, G:, D: or S:, each once', '"O:BA"'],
    ['Z:', 0, 'O:, G:, D: or S:, each once', '"Z:"'],
    ['D:(A;;GA;;;WD)x', 14, 'O:, G:, D: or S:', '"x"'],
  ])('of %s is at offset %i', (text, offset, expected, got) => {
    expect(() => parseSddl(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_SDDL', hresult: 0x80070057, offset, expected, got }),
    );
  });

  it('of printing is raised for what SDDL has no words for', () => {
    const bytes = Uint8Array.of(
      ...[1, 0, 4, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0],
      ...[2, 0, 28, 0, 1, 0, 0, 0],
      ...[4, 0, 20, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    );
    expect(() => formatSddl(decodeSecurityDescriptor(bytes))).toThrow(
      expect.objectContaining({ code: 'SDDL_INEXPRESSIBLE' }),
    );
  });
});
