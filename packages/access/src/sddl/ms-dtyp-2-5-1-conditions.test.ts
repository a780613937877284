import { describe, expect, it } from 'vitest';
import { decodeSecurityDescriptor } from '../descriptor/decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from '../descriptor/encode-security-descriptor.ts';
import { formatSddl } from './format-sddl.ts';
import { parseSddl } from './parse-sddl.ts';

/** Through bytes and back, so that both codecs must agree. */
function printed(condition: string): string {
  const bytes = encodeSecurityDescriptor(parseSddl(`D:(XA;;FX;;;WD;${condition})`));
  return formatSddl(decodeSecurityDescriptor(bytes)).slice('D:(XA;;FX;;;WD;'.length, -1);
}

/** The application data behind the SID of the only ACE. */
function dataOf(condition: string): string {
  const bytes = encodeSecurityDescriptor(parseSddl(`D:(XA;;FX;;;WD;${condition})`));
  return Buffer.from(bytes.subarray(20 + 8 + 8 + 12)).toString('hex');
}

describe('precedence', () => {
  it.each([
    ['(@User.a && @User.b && @User.c)', '(((@USER.a) && (@USER.b)) && (@USER.c))'],
    ['(@User.a || @User.b && @User.c)', '((@USER.a) || ((@USER.b) && (@USER.c)))'],
    ['(@User.a && @User.b || @User.c)', '(((@USER.a) && (@USER.b)) || (@USER.c))'],
    ['(@User.a && (@User.b || @User.c))', '((@USER.a) && ((@USER.b) || (@USER.c)))'],
    ['(!(@User.a) && @User.b==1)', '((!(@USER.a)) && (@USER.b == 1))'],
  ])('%s is %s', (text, back) => expect(printed(text)).toBe(back));
});

describe('operators', () => {
  it.each([
    ['(Member_of{SID(BA)})', '(Member_of {SID(BA)})'],
    ['(member_of SID(BA))', '(Member_of SID(BA))'],
    ['(Member_of(SID(BA)))', '(Member_of SID(BA))'],
    ['(Device_Member_of_Any {SID(BA),SID(S-1-5-18)})', '(Device_Member_of_any {SID(BA), SID(SY)})'],
    ['(NOT_MEMBER_OF {SID(BA)})', '(Not_Member_of {SID(BA)})'],
    ['(exists @User.a)', '(Exists @USER.a)'],
    ['(Not_Exists a)', '(Not_Exists a)'],
    ['(@User.Project Any_of @Resource.Project)', '(@USER.Project Any_of @RESOURCE.Project)'],
    ['(@Resource.dept Any_of{"Sales","HR"})', '(@RESOURCE.dept Any_of {"Sales", "HR"})'],
    ['(@Device.x not_contains 1)', '(@DEVICE.x Not_Contains 1)'],
    ['(a<=-5)', '(a <= -5)'],
  ])('%s is %s', (text, back) => expect(printed(text)).toBe(back));

  it.each([
    '(! Member_of{SID(BA)})',
    '(!!(@User.a))',
    '(a == a)',
    '(@User.a == !(@User.b))',
    '(@User.a &&)',
    '()',
    '(Member_of_AnySID(BA))',
    '(Member_of {SID(ernie)})',
    '(@Usr.a)',
    '(@User.a == {1, @User.b})',
    '(@User.a == {{1}})',
    '(1 == 2',
    '(@User.a == "open)',
  ])('%s is refused', (text) => {
    expect(() => printed(text)).toThrow(expect.objectContaining({ code: 'INVALID_SDDL' }));
  });
});

describe('literals and names', () => {
  it.each([
    ['(a == 0x7fffffffffffffff)', '(a == 0x7fffffffffffffff)'],
    ['(a == 0xffffffffffffffff)', '(a == 0xffffffffffffffff)'],
    ['(a == 0)', '(a == 0)'],
    ['(a == 017)', '(a == 017)'],
    ['(a == +1)', '(a == +1)'],
    ['(a == #1#2#3##)', '(a == #01020300)'],
    ['(a == #)', '(a == #)'],
    ['(a == "x y;)(")', '(a == "x y;)(")'],
    ['(@User.ad://ext/Silo == "s")', '(@USER.ad://ext/Silo == "s")'],
    ['(@User.%0041%00e9}; == 1)', '(@USER.A%00e9}; == 1)'],
  ])('%s is %s', (text, back) => expect(printed(text)).toBe(back));

  it.each([
    '(a == 0x10000000000000000)',
    '(a == 9223372036854775808)',
    '(a == 08)',
    '(a == -9223372036854775809)',
  ])('%s is refused, though Windows cuts it off', (text) => expect(() => printed(text)).toThrow('64 bits'));
});

describe('[MS-DTYP] 2.4.4.17 bytes', () => {
  it('hold tokens in postfix order, padded with zeros', () => {
    // artx, user attribute "a" (1 unit), int64 -1 with sign minus and base 10, ==
    expect(dataOf('(@User.a == -1)')).toBe('61727478f902000000610004ffffffffffffffff02028000');
  });

  it('hold texts in UTF-16 with their length in bytes', () => {
    expect(dataOf('(a == "PM")')).toBe(`61727478${'f8020000006100'}${'100400000050004d00'}80000000`);
  });

  it('hold lists with the length of all their literals', () => {
    const sid = '511000000001020000000000052000000020020000';
    expect(dataOf('(Member_of {SID(BA)})')).toBe(`61727478${'5015000000'}${sid}8900`);
  });
});

describe('limits', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}@User.a${')'.repeat(depth)}`;
  const chain = (terms: number) => `(${Array.from({ length: terms }, () => '@User.a').join('||')})`;

  it('take 256 operators, as they are printed too', () => {
    expect(printed(printed(chain(257)))).toBe(printed(chain(257)));
  });

  it('refuse more with an error at the operator', () => {
    expect(() => printed(chain(258))).toThrow('at most 256 logical operators');
  });

  it('refuse a hundred thousand parentheses', () => {
    expect(() => printed(nested(100_000))).toThrow('parentheses inside of one another');
    expect(() => printed(`(${'!('.repeat(100_000)}`)).toThrow(
      expect.objectContaining({ code: 'INVALID_SDDL' }),
    );
  });
});
