import { describe, expect, it } from 'vitest';
import type { ClaimAttribute } from '../descriptor/claim-attribute.ts';
import { decodeClaim } from '../descriptor/decode-claim.ts';
import { encodeClaim } from '../descriptor/encode-claim.ts';
import { formatSddl } from './format-sddl.ts';
import { parseSddl } from './parse-sddl.ts';

function attributeOf(text: string): ClaimAttribute {
  const { sacl } = parseSddl(`S:(RA;;;;;WD;${text})`);
  if (sacl.kind !== 'list') throw new Error('no SACL');
  return sacl.aces[0]!.attribute!;
}

describe('a resource attribute', () => {
  it.each([
    ['("Project",TS,0,"Windows","SQL")', '("Project",TS,0x0,"Windows","SQL")'],
    ['("Secrecy",TU,0,3)', '("Secrecy",TU,0x0,3)'],
    ['( "n" , ti , 0x2 , -5 , 0x10 , 010 )', '("n",TI,0x2,-5,16,8)'],
    ['("n",TB,0,1,0)', '("n",TB,0x0,1,0)'],
    ['("n",TD,0,BA,S-1-5-18)', '("n",TD,0x0,BA,SY)'],
    ['("n",TX,0,0077,#1,00)', '("n",TX,0x0,0077,01,00)'],
    ['("a%0016b",TI,0)', '("a%0016b",TI,0x0)'],
  ])('%s is printed as %s', (text, back) => {
    expect(formatSddl(parseSddl(`S:(RA;;;;;WD;${text})`))).toBe(`S:(RA;;;;;WD;${back})`);
  });

  it.each([
    '("n",TB,0,2)',
    '("n",TU,0,-1)',
    '("n",TI,0,9223372036854775808)',
    '("",TI,0)',
    '("n",TQ,0)',
    '("n",TI)',
  ])('%s is refused', (text) =>
    expect(() => attributeOf(text)).toThrow(expect.objectContaining({ code: 'INVALID_SDDL' })),
  );

  it('[MS-DTYP] 2.4.10.1 lays out header, offsets, name and values', () => {
    const header = '14000000' + '0200' + '0000' + '02000000' + '01000000';
    const offsets = '18000000';
    const name = '6e000000';
    const value = '0300000000000000';
    const bytes = encodeClaim({ name: 'n', flags: 2, type: 'uint', values: [3n] });
    expect(Buffer.from(bytes).toString('hex')).toBe(header + offsets + name + value);
    expect(decodeClaim(bytes)).toEqual({ name: 'n', flags: 2, type: 'uint', values: [3n] });
  });

  it('whose values share bytes is refused, so that small input makes no large output', () => {
    const bytes = encodeClaim({
      name: 'n',
      type: 'string',
      values: ['a'.repeat(100), ...Array(20).fill('b')],
    });
    const view = new DataView(bytes.buffer);
    const first = view.getUint32(16, true);
    for (let i = 1; i <= 20; i++) view.setUint32(16 + 4 * i, first, true);
    expect(() => decodeClaim(bytes)).toThrow('values that share no bytes');
  });

  it('that announces more values than bytes is refused', () => {
    const bytes = encodeClaim({ name: 'n', type: 'int', values: [] });
    new DataView(bytes.buffer).setUint32(12, 0xffffffff, true);
    expect(() => decodeClaim(bytes)).toThrow(
      expect.objectContaining({ code: 'ERROR_INVALID_ACL', offset: 12 }),
    );
  });
});
