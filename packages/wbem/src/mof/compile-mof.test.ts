import { describe, expect, it } from 'vitest';
import { CimType } from '../cim/cim-type.ts';
import { defineClass } from '../cim/define-class.ts';
import { sameName } from '../cim/names.ts';
import type { CimClass } from '../cim/objects.ts';
import { findProperty } from '../cim/property.ts';
import { getQualifier, qualifier } from '../cim/qualifier.ts';
import { expectCode } from '../testing.ts';
import { compileMof } from './compile-mof.ts';
import { formatMof } from './format-mof.ts';
import { parseMof } from './parse-mof.ts';

const compile = (text: string, ...known: CimClass[]) =>
  compileMof(parseMof(text), { resolveClass: (name) => known.find((c) => sameName(c.className, name)) });

const classesIn = (text: string, ...known: CimClass[]) =>
  compile(text, ...known).flatMap((s) => (s.kind === 'putClass' ? [s.cls] : []));

const instancesIn = (text: string, ...known: CimClass[]) =>
  compile(text, ...known).flatMap((s) => (s.kind === 'putInstance' ? [s.instance] : []));

describe('compileMof makes classes', () => {
  it('that equal those built in code', () => {
    const [compiled] = classesIn(`
      [dynamic, provider("Doors")]
      class Acme_Door {
        [key] uint32 Id;
        boolean Open = FALSE;
        string Tags[];
        Acme_House ref House;
        Acme_Lock Lock;
        uint32 Turn([in, ID(0)] string Code, [in, out, ID(1)] uint8 Times);
        [static] void Count();
      };`);
    expect(compiled).toEqual(
      defineClass({
        name: 'Acme_Door',
        qualifiers: { dynamic: true, provider: 'Doors' },
        properties: {
          Id: { type: 'uint32', key: true },
          Open: { type: 'boolean', value: false },
          Tags: 'string[]',
          House: 'ref:Acme_House',
          Lock: 'object:Acme_Lock',
        },
        methods: {
          Turn: { in: { Code: 'string', Times: 'uint8' }, out: { Times: 'uint8' }, returns: 'uint32' },
          Count: { static: true },
        },
      }),
    );
  });

  it('under superclasses of the document and from elsewhere', () => {
    const root = defineClass({ name: 'Root', properties: { Id: { type: 'string', key: true } } });
    const [, leaf] = classesIn('class Middle : Root { uint8 A; }; class Leaf : middle { uint8 B; };', root);
    expect(leaf?.derivation).toEqual(['Middle', 'Root']);
    expect(leaf?.properties.map((p) => p.name)).toEqual(['Id', 'A', 'B']);
    expectCode(() => compile('class X : Missing {};'), 'WBEM_E_INVALID_SUPERCLASS');
  });

  it('with the size of an array as a qualifier', () => {
    const [cls] = classesIn('class X { uint8 A[16]; };');
    expect(getQualifier(findProperty(cls!, 'A')!, 'MAX')?.value).toBe(16);
  });

  it('with flavors as declared for the name, unless the place says otherwise', () => {
    const [cls] = classesIn(`
      Qualifier Note : ToSubclass Amended;
      [Note("a")] class X { [Note("b") : NotToSubclass] uint8 A; };`);
    expect(getQualifier(cls!, 'Note')?.flavor).toMatchObject({ toSubclass: true, amended: true });
    expect(getQualifier(findProperty(cls!, 'A')!, 'Note')?.flavor).toMatchObject({ toSubclass: false });
  });

  it('with parameters in the order of their IDs, or as written', () => {
    const [cls] = classesIn(
      'class X { void F([in] uint8 a, [out] uint8 b); void G([in, ID(1)] uint8 a, [in, ID(0)] uint8 b); };',
    );
    expect(cls!.methods[0]!.outParams[0]).toMatchObject({ name: 'b', id: 1 });
    expect(cls!.methods[1]!.inParams.map((p) => p.id)).toEqual([1, 0]);
  });

  it.each([
    ['WBEM_E_MISSING_PARAMETER_ID', 'class X { void F([in, ID(0)] uint8 a, [in] uint8 b); };'],
    ['WBEM_E_INVALID_PARAMETER_ID', 'class X { void F([in, ID(-1)] uint8 a); };'],
    ['WBEM_E_NONCONSECUTIVE_PARAMETER_IDS', 'class X { void F([in, ID(0)] uint8 a, [in, ID(2)] uint8 b); };'],
    ['WBEM_E_VALUE_OUT_OF_RANGE', 'class X { uint8 A = 256; };'],
    ['WBEM_E_TYPE_MISMATCH', 'class X { uint8 A = "1"; };'],
    ['WBEM_E_TYPE_MISMATCH', 'class X { datetime A = "yesterday"; };'],
    ['WBEM_E_VALUE_OUT_OF_RANGE', '[Q(0xFFFFFFFF)] class X {};'],
    ['WBEM_E_CANNOT_BE_KEY', 'class X { [key] real32 A; };'],
  ])('or refuses with %s: %s', (code, text) => {
    expectCode(() => compile(text), code);
  });
});

describe('compileMof makes instances', () => {
  const sample = defineClass({
    name: 'Sample',
    properties: {
      Id: { type: 'string', key: true },
      Big: 'uint64',
      Real: 'real64',
      Letter: 'char16',
      When: 'datetime',
      Inner: 'object:Sample',
      Other: 'ref:Sample',
    },
  });

  it('with values as their types hold them, and a path', () => {
    const [instance] = instancesIn(
      'instance of sample { id = "a"; Big = "18446744073709551615"; Real = 5; Letter = 65; When = "20240229120000.000000+000"; };',
      sample,
    );
    expect(instance!.properties).toMatchObject({ Id: 'a', Big: 2n ** 64n - 1n, Real: 5, Letter: 'A' });
    expect(instance!.properties.When).toMatchObject({ kind: 'datetime', year: 2024 });
    expect(instance!.path).toBe('Sample.Id="a"');
  });

  it('with references by alias, before or after the object', () => {
    const [first, second] = instancesIn(
      'instance of Sample { Id = "a"; Other = $B; }; instance of Sample as $b { Id = "b"; };',
      sample,
    );
    expect(first!.properties.Other).toBe(second!.path);
  });

  it('with absolute references to objects of another namespace', () => {
    const [, second] = instancesIn(
      `#pragma namespace("root\\\\a")
       instance of Sample as $far { Id = "a"; };
       #pragma namespace("\\\\\\\\.\\\\root\\\\b")
       instance of Sample { Other = $far; };`,
      sample,
    );
    expect(second!.properties.Other).toBe('\\\\.\\root\\a:Sample.Id="a"');
    expectCode(
      () =>
        compile(
          'instance of Sample as $a { Id = "a"; };\n#pragma namespace("x")\ninstance of Sample { Other = $a; };',
          sample,
        ),
      'WBEM_E_INVALID_NAMESPACE',
    );
  });

  it('with aliases that each need two more, each resolved once', () => {
    const pair = defineClass({
      name: 'Pair',
      properties: { Id: { type: 'uint32', key: true }, Left: 'ref:Pair', Right: 'ref:Pair' },
    });
    const text = Array.from(
      { length: 60 },
      (_, i) =>
        `instance of Pair as $p${i} { Id = ${i}; ${i < 59 ? `Left = $p${i + 1}; Right = $p${i + 1};` : ''} };`,
    ).join('\n');
    expect(instancesIn(text, pair)).toHaveLength(60);
  });

  it('with embedded objects', () => {
    const [instance] = instancesIn(
      'instance of Sample { Inner = instance of Sample { Big = 1; }; };',
      sample,
    );
    expect(instance!.properties.Inner).toMatchObject({ kind: 'instance', properties: { Big: 1n } });
    expect(instance!.path).toBeNull();
  });

  it.each([
    ['WBEM_E_INVALID_CLASS', 'instance of Missing {};'],
    ['WBEM_E_INVALID_PROPERTY', 'instance of Sample { Nope = 1; };'],
    ['WBEM_E_TYPE_MISMATCH', 'instance of Sample { Big = TRUE; };'],
    ['WBEM_E_TYPE_MISMATCH', 'instance of Sample { Big = {1}; };'],
    ['WBEM_E_NOT_FOUND', 'instance of Sample { Other = $nobody; };'],
    [
      'WBEM_E_CIRCULAR_REFERENCE',
      'instance of Sample as $a { Id = "a"; Other = $b; }; instance of Sample as $b { Id = "b"; Other = $a; };',
    ],
    ['WBEM_E_ILLEGAL_NULL', 'instance of Sample as $a {}; instance of Sample { Other = $a; };'],
  ])('or refuses with %s: %s', (code, text) => {
    expectCode(() => compile(text, sample), code);
  });
});

describe('compileMof makes steps', () => {
  it('in order, with the namespace and flags in force', () => {
    const statements = compile(`
      #pragma deleteclass("Old", nofail)
      #pragma namespace("root\\\\lab")
      #pragma classflags("forceupdate")
      class New { [key] string Id; };
      #include ("more.mof")
      [NamespaceSecuritySDDL{"O:BAG:BA"}] instance of New { Id = "x"; };
      #pragma deleteinstance("New.Id='y'", fail)
    `);
    expect(statements).toMatchObject([
      { kind: 'deleteClass', namespace: null, target: 'Old', mustExist: false },
      { kind: 'putClass', namespace: 'root\\lab', cls: { className: 'New' }, flags: ['forceupdate'] },
      { kind: 'include', namespace: 'root\\lab', file: 'more.mof' },
      {
        kind: 'putInstance',
        namespace: 'root\\lab',
        instance: {
          path: 'New.Id="x"',
          qualifiers: [{ name: 'NamespaceSecuritySDDL', type: CimType.String, isArray: true }],
        },
      },
      { kind: 'deleteInstance', target: "New.Id='y'", mustExist: true },
    ]);
  });
});

describe('formatMof', () => {
  const parent = defineClass({
    name: 'Parent',
    qualifiers: [qualifier('Note', 'say "hi"', { toSubclass: true, amended: true })],
    properties: {
      Id: { type: 'uint64', key: true },
      When: { type: 'datetime', value: '20240229120000.000000+000' },
      Ratio: { type: 'real32', value: 2 },
      Letter: { type: 'char16', value: "'" },
      Peer: 'ref:Parent',
    },
    methods: {
      Do: { in: { A: 'string', B: 'uint8[]' }, out: { B: 'uint8[]', C: 'object:Parent' }, returns: 'sint32' },
    },
  });

  it('writes a class that compiles to itself', () => {
    expect(classesIn(formatMof(parent))).toEqual([parent]);
  });

  it('writes a subclass, inherited members included, that compiles to itself', () => {
    const child = defineClass({ name: 'Child', superclass: parent, properties: { Size: 'uint32' } });
    expect(classesIn(formatMof(child), parent)).toEqual([child]);
  });

  it('writes an instance that compiles to itself', () => {
    const text =
      '[RequiresEncryption] instance of Parent { Id = 7; Letter = \'\\x0000\'; Peer = "Parent.Id=\\"8\\""; };';
    const [instance] = instancesIn(text, parent);
    expect(instancesIn(formatMof(instance!), parent)).toEqual([instance]);
  });

  it('indents by level, one member a line', () => {
    const cls = defineClass({ name: 'X', properties: { Id: { type: 'uint8', key: true } } });
    expect(formatMof(cls)).toBe('class X {\n  [key] uint8 Id;\n};\n');
  });

  it.each([
    ['a name with code in it', { className: 'X {}; #include ("evil")' }, 'WBEM_E_INVALID_PARAMETER'],
    ['a superclass with code in it', { superclass: 'Y {' }, 'WBEM_E_INVALID_PARAMETER'],
  ])('refuses %s', (_, damage, code) => {
    expectCode(() => formatMof({ ...parent, ...damage }), code);
  });
});
