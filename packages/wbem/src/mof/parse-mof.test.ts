import { describe, expect, it } from 'vitest';
import { CimType } from '../cim/cim-type.ts';
import { ParseError } from '../errors/parse-error.ts';
import { MofStatus } from '../status/mof-status.ts';
import type { MofClass, MofInstance, MofValue } from './mof-syntax.ts';
import { parseMof } from './parse-mof.ts';

const only = (text: string) => {
  const { items } = parseMof(text);
  expect(items).toHaveLength(1);
  return items[0]!;
};
const classIn = (text: string) => only(text) as MofClass;
const valueIn = (literal: string): MofValue =>
  (only(`instance of X { P = ${literal}; };`) as MofInstance).properties[0]!.value;

describe('classes', () => {
  it('have a name, an alias and a superclass', () => {
    expect(classIn('class Door as $D : Opening {};')).toEqual({
      kind: 'class',
      qualifiers: [],
      className: 'Door',
      alias: 'D',
      ancestors: ['Opening'],
      properties: [],
      methods: [],
    });
  });

  it('of tools that write every ancestor name them in a row', () => {
    expect(classIn('class Leaf : Middle Root {};').ancestors).toEqual(['Middle', 'Root']);
  });

  it('have properties of every kind of type', () => {
    const { properties } = classIn(`
      CLASS Door {
        Uint32 Id;
        string Tags[];
        real32 Sizes[4] = {1.5, 2.0};
        object Anything;
        Lock MainLock;
        object ref Neighbour;
        House ref Owner;
        uint8 ref;
      };`);
    expect(properties.map((p) => [p.name, p.type.type, p.type.className, p.isArray, p.arraySize])).toEqual([
      ['Id', CimType.Uint32, null, false, null],
      ['Tags', CimType.String, null, true, null],
      ['Sizes', CimType.Real32, null, true, 4],
      ['Anything', CimType.Object, null, false, null],
      ['MainLock', CimType.Object, 'Lock', false, null],
      ['Neighbour', CimType.Reference, null, false, null],
      ['Owner', CimType.Reference, 'House', false, null],
      ['ref', CimType.Uint8, null, false, null],
    ]);
  });

  it('have methods with parameters that go in, out, or both ways', () => {
    const { methods } = classIn(`
      class Door {
        [Static] void Reset();
        uint32 Turn([in, ID(0)] string Code = "0000", [in, out, ID(1)] uint8 Times[]);
      };`);
    expect(methods.map((m) => [m.name, m.returnType?.type ?? null, m.parameters.length])).toEqual([
      ['Reset', null, 0],
      ['Turn', CimType.Uint32, 2],
    ]);
    expect(methods[1]!.parameters[1]).toMatchObject({ name: 'Times', isArray: true, value: null });
    expect(methods[1]!.parameters[0]!.value).toEqual({ kind: 'string', value: '0000' });
  });
});

describe('qualifiers', () => {
  it('have values and flavors', () => {
    const { qualifiers } = classIn(
      '[Abstract, Locale(0x409) : ToInstance, ValueMap{"0", "1"}, Description("a" "b") : tosubclass AMENDED] class X {};',
    );
    expect(qualifiers).toEqual([
      { name: 'Abstract', value: null, flavors: [] },
      { name: 'Locale', value: { kind: 'integer', value: 1033n }, flavors: ['ToInstance'] },
      {
        name: 'ValueMap',
        value: {
          kind: 'array',
          elements: [
            { kind: 'string', value: '0' },
            { kind: 'string', value: '1' },
          ],
        },
        flavors: [],
      },
      { name: 'Description', value: { kind: 'string', value: 'ab' }, flavors: ['ToSubclass', 'Amended'] },
    ]);
  });

  it('are declared for all their uses in either form', () => {
    expect(only('Qualifier Description : ToSubclass Amended;')).toMatchObject({
      kind: 'qualifier',
      name: 'Description',
      type: null,
      flavors: ['ToSubclass', 'Amended'],
    });
    expect(
      only('qualifier MaxLen : uint32 = null, Scope(property, method), Flavor(EnableOverride, ToSubclass);'),
    ).toMatchObject({
      type: CimType.Uint32,
      value: { kind: 'null' },
      scope: ['property', 'method'],
      flavors: ['EnableOverride', 'ToSubclass'],
    });
  });
});

describe('values', () => {
  it.each([
    ['65', 65n],
    ['0', 0n],
    ['-455589', -455589n],
    ['+7', 7n],
    ['0x41', 65n],
    ['0xFe', 254n],
    ['0101', 65n],
    ['1000001B', 65n],
    ['11b', 3n],
    ['-9223372036854775808', -(2n ** 63n)],
    ['18446744073709551615', 2n ** 64n - 1n],
  ])('integer %s is %i', (literal, value) => {
    expect(valueIn(literal)).toEqual({ kind: 'integer', value });
  });

  it.each([
    ['3.14', 3.14],
    ['-1.2778E+02', -127.78],
    ['2.3e-2', 0.023],
    ['.5', 0.5],
  ])('real %s is %d', (literal, value) => {
    expect(valueIn(literal)).toEqual({ kind: 'real', value });
  });

  it.each([
    [String.raw`"say \"hi\" \\ \x41\x263a\t"`, 'say "hi" \\ A\u263a\t'],
    ['"this " "becomes" /* so */ " one"', 'this becomes one'],
    ['"two\nlines"', 'two\nlines'],
    ['"// no comment /*"', '// no comment /*'],
    ['""', ''],
  ])('string %s', (literal, value) => {
    expect(valueIn(literal)).toEqual({ kind: 'string', value });
  });

  it.each([
    ["'A'", { kind: 'char', value: 'A' }],
    [String.raw`'\x4133'`, { kind: 'char', value: '\u4133' }],
    [String.raw`'\''`, { kind: 'char', value: "'" }],
    ['TRUE', { kind: 'boolean', value: true }],
    ['false', { kind: 'boolean', value: false }],
    ['Null', { kind: 'null' }],
    ['$Door_1', { kind: 'alias', name: 'Door_1' }],
    ['{}', { kind: 'array', elements: [] }],
  ])('%s', (literal, value) => {
    expect(valueIn(literal)).toEqual(value);
  });

  it('embedded objects stand alone or in arrays', () => {
    expect(valueIn('{ instance of Y { A = 3; }, instance of Z {} }')).toMatchObject({
      kind: 'array',
      elements: [
        { kind: 'instance', className: 'Y', properties: [{ name: 'A' }] },
        { kind: 'instance', className: 'Z' },
      ],
    });
    expect(valueIn('class Y { uint8 A; }')).toMatchObject({ kind: 'class', className: 'Y' });
  });

  it('embedded objects nest 64 deep', () => {
    const nested = (depth: number) => `${'instance of X { P = '.repeat(depth)}1${'; }'.repeat(depth)};`;
    expect(() => parseMof(nested(64))).not.toThrow();
    expect(() => parseMof(nested(65))).toThrow(/at most 64 objects/);
  });
});

describe('instances', () => {
  it('have an alias, qualifiers and values', () => {
    expect(
      only(`
        [RequiresEncryption]
        instance of __Namespace as $NS
        {
          Name = "lab";   // a comment
          [Dynamic] Size = 5;
        };`),
    ).toEqual({
      kind: 'instance',
      qualifiers: [{ name: 'RequiresEncryption', value: null, flavors: [] }],
      className: '__Namespace',
      alias: 'NS',
      properties: [
        { qualifiers: [], name: 'Name', value: { kind: 'string', value: 'lab' } },
        {
          qualifiers: [{ name: 'Dynamic', value: null, flavors: [] }],
          name: 'Size',
          value: { kind: 'integer', value: 5n },
        },
      ],
    });
  });
});

describe('pragmas', () => {
  it.each([
    ['#pragma namespace("\\\\\\\\.\\\\root\\\\default")', 'namespace', ['\\\\.\\root\\default']],
    ['#pragma autorecover', 'autorecover', []],
    ['#PRAGMA ClassFlags ("updateonly", "forceupdate")', 'classflags', ['updateonly', 'forceupdate']],
    ['#pragma classflags ("UpdateOnly, forceupdate")', 'classflags', ['updateonly', 'forceupdate']],
    ['#pragma instanceflags ("createonly")', 'instanceflags', ['createonly']],
    ['#pragma deleteclass("MyClass1",FAIL)', 'deleteclass', ['MyClass1', 'fail']],
    ['#pragma deleteinstance(\n"A.id=\'x\'",\nnofail)', 'deleteinstance', ["A.id='x'", 'nofail']],
    ['#pragma amendment ("MS_409")', 'amendment', ['MS_409']],
    ['#include ("other.mof")', 'include', ['other.mof']],
    ['#pragma include ("/etc/passwd")', 'include', ['/etc/passwd']],
  ])('%s is kept as data', (text, name, given) => {
    expect(only(text)).toEqual({ kind: 'pragma', name, arguments: given });
  });
});

describe('errors', () => {
  it.each([
    ['EXPECTED_QUALIFIER_NAME', '[] class X {};'],
    ['EXPECTED_SEMI', 'class X {}'],
    ['EXPECTED_SEMI', 'class X { uint8 a }'],
    ['EXPECTED_OPEN_BRACE', 'class X ;'],
    ['EXPECTED_CLOSE_BRACE', 'class X { uint8 a;'],
    ['EXPECTED_CLOSE_BRACE', 'instance of X { a = {1 2}; };'],
    ['EXPECTED_CLOSE_BRACKET', '[Key class X {};'],
    ['EXPECTED_CLOSE_BRACKET', 'class X { uint8 a[0]; };'],
    ['EXPECTED_CLOSE_PAREN', '[Max(1 class X {};'],
    ['ILLEGAL_CONSTANT_VALUE', 'instance of X { a = ; };'],
    ['ILLEGAL_CONSTANT_VALUE', 'instance of X { a = 089; };'],
    ['ILLEGAL_CONSTANT_VALUE', 'instance of X { a = 0xZZ; };'],
    ['ILLEGAL_CONSTANT_VALUE', 'instance of X { a = 12b; };'],
    ['ILLEGAL_CONSTANT_VALUE', String.raw`instance of X { a = "\q"; };`],
    ['ILLEGAL_CONSTANT_VALUE', "instance of X { a = 'ab'; };"],
    ['ILLEGAL_CONSTANT_VALUE', "instance of X { a = ''; };"],
    ['ILLEGAL_CONSTANT_VALUE', 'instance of X { a = "open; };'],
    ['OUT_OF_RANGE', 'instance of X { a = 18446744073709551616; };'],
    ['OUT_OF_RANGE', 'instance of X { a = 1.0e999; };'],
    ['EXPECTED_TYPE_IDENTIFIER', 'class X { = 5; };'],
    ['UNRECOGNIZED_TOKEN', 'class X { uint8 a; }; @'],
    ['UNRECOGNIZED_TOKEN', '/* never closed'],
    ['UNRECOGNIZED_TOKEN', 'struct X {};'],
    ['UNRECOGNIZED_TYPE', 'class X { void a; };'],
    ['EXPECTED_PROPERTY_NAME', 'class X { uint8 ; };'],
    ['EXPECTED_PROPERTY_NAME', 'instance of X { 5 = 6; };'],
    ['TYPEDEF_NOT_SUPPORTED', 'class X { typedef uint8 a; };'],
    ['UNEXPECTED_ALIAS', '[Q($a)] class X {};'],
    ['UNEXPECTED_ARRAY_INIT', 'class X { uint8 a = {1}; };'],
    ['INVALID_PRAGMA', '#pragma nonsense'],
    ['INVALID_PRAGMA', '#pragma constructor("x")'],
    ['INVALID_PRAGMA', '#pragma autorecover("x")'],
    ['INVALID_NAMESPACE_SYNTAX', '#pragma namespace'],
    ['INVALID_FLAGS_SYNTAX', '#pragma classflags("dropall")'],
    ['INVALID_DELETECLASS_SYNTAX', '#pragma deleteclass("X")'],
    ['INVALID_DELETECLASS_SYNTAX', '#pragma deleteclass("X", maybe)'],
    ['INVALID_DELETEINSTANCE_SYNTAX', '#pragma deleteinstance(5, fail)'],
    ['ERROR_INVALID_INCLUDE_FILE', '#include'],
    ['EXPECTED_CLASS_NAME', 'class {};'],
    ['EXPECTED_CLASS_NAME', 'class X : {};'],
    ['EXPECTED_ALIAS_NAME', 'class X as $ {};'],
    ['EXPECTED_DOLLAR', 'class X as D {};'],
    ['INVALID_INSTANCE_DECLARATION', 'instance of X { a 5; };'],
    ['CIMTYPE_QUALIFIER', 'class X { [CIMTYPE("uint8")] uint8 a; };'],
    ['DUPLICATE_PROPERTY', 'class X { uint8 a; string A; };'],
    ['DUPLICATE_PROPERTY', 'instance of X { a = 1; A = 2; };'],
    ['ALIASES_IN_EMBEDDED', 'instance of X { a = instance of Y as $y {}; };'],
    ['NULL_ARRAY_ELEM', 'instance of X { a = {1, NULL}; };'],
    ['DUPLICATE_QUALIFIER', '[Key, key] class X {};'],
    ['EXPECTED_FLAVOR_TYPE', '[Key : Sticky] class X {};'],
    ['INCOMPATIBLE_FLAVOR_TYPES', '[Key : EnableOverride DisableOverride] class X {};'],
    ['INCOMPATIBLE_FLAVOR_TYPES', '[Key : Restricted ToSubclass] class X {};'],
    ['MULTIPLE_ALIASES', 'instance of X as $a {}; instance of X as $A {};'],
    ['NO_ARRAYS_RETURNED', 'class X { uint8[] F(); };'],
    ['MUST_BE_IN_OR_OUT', 'class X { uint8 F(uint8 a); };'],
    ['MUST_BE_IN_OR_OUT', 'class X { uint8 F([in(FALSE)] uint8 a); };'],
    ['INVALID_QUALIFIER_SYNTAX', 'Qualifier X;'],
    ['EXPECTED_FLAVOR_TYPE', 'Qualifier X : int;'],
  ])('WBEMMOF_E_%s: %s', (name, text) => {
    const code = `WBEMMOF_E_${name}` as keyof typeof MofStatus;
    expect(() => parseMof(text)).toThrow(expect.objectContaining({ code, hresult: MofStatus[code] }));
  });

  it('tell file, line, column, what was expected and what came', () => {
    const read = () => parseMof('class Door {\r\n  uint8 Id\r\n};', { fileName: 'door.mof' });
    expect(read).toThrow('door.mof: at line 3, column 1, expected ;, got "}"');
    expect(read).toThrow(ParseError);
  });

  it('count columns without the byte order mark', () => {
    expect(() => parseMof('\ufeff?')).toThrow(expect.objectContaining({ line: 1, column: 1 }));
  });
});
