import { describe, expect, it } from 'vitest';
import { expectCode } from '../testing.ts';
import { CimType } from './cim-type.ts';
import { defineClass } from './define-class.ts';
import { declaredClassOf, findProperty } from './property.ts';
import { getQualifier } from './qualifier.ts';

const door = defineClass({
  name: 'Acme_Door',
  qualifiers: { dynamic: true, provider: 'Doors', Weights: [1, 2.5] },
  properties: {
    Id: { type: 'uint32', key: true },
    Open: { type: 'boolean', value: false, notNull: true },
    Tags: 'string[]',
    House: 'ref:Acme_House',
    Lock: 'object:Acme_Lock',
  },
  methods: {
    Turn: {
      in: { Code: 'string', Times: 'uint8' },
      out: { Times: 'uint8', Result: 'string' },
      returns: 'uint32',
    },
    Count: { static: true },
  },
});

describe('defineClass', () => {
  it('describes properties with their types, keys and defaults', () => {
    expect(door.properties.map((p) => [p.name, p.type, p.isArray, p.isKey, p.value])).toEqual([
      ['Id', CimType.Uint32, false, true, null],
      ['Open', CimType.Boolean, false, false, false],
      ['Tags', CimType.String, true, false, null],
      ['House', CimType.Reference, false, false, null],
      ['Lock', CimType.Object, false, false, null],
    ]);
    expect(door.properties.every((p) => p.origin === 'Acme_Door')).toBe(true);
  });

  it('stands alone without a superclass', () => {
    expect(door).toMatchObject({ superclass: null, derivation: [] });
  });

  it('remembers the class of references and embedded objects', () => {
    expect(declaredClassOf(findProperty(door, 'house')!)).toBe('Acme_House');
    expect(declaredClassOf(findProperty(door, 'lock')!)).toBe('Acme_Lock');
    expect(declaredClassOf(findProperty(door, 'id')!)).toBeNull();
  });

  it('gives qualifiers the type of their value', () => {
    const { qualifiers } = door;
    expect(qualifiers.map((q) => [q.name, q.type, q.isArray])).toEqual([
      ['dynamic', CimType.Boolean, false],
      ['provider', CimType.String, false],
      ['Weights', CimType.Real64, true],
    ]);
  });

  it('numbers parameters in order; one in both lists is one parameter', () => {
    const [turn, count] = door.methods;
    expect(turn!.inParams.map((p) => [p.name, p.id])).toEqual([
      ['Code', 0],
      ['Times', 1],
    ]);
    expect(turn!.outParams.map((p) => [p.name, p.id])).toEqual([
      ['Times', 1],
      ['Result', 2],
    ]);
    expect(turn!.returnType).toBe(CimType.Uint32);
    expect(count!.returnType).toBeNull();
    expect(getQualifier(count!, 'Static')?.value).toBe(true);
  });

  it('makes a declaration when the superclass is only named', () => {
    expect(defineClass({ name: 'A', superclass: 'B' })).toMatchObject({ superclass: 'B', derivation: ['B'] });
  });

  it.each([
    ['a bad name', { name: 'A B' }, 'WBEM_E_INVALID_PARAMETER'],
    ['a bad property name', { name: 'A', properties: { 'x y': 'string' } }, 'WBEM_E_INVALID_PARAMETER'],
    [
      'a property given twice',
      { name: 'A', properties: { x: 'string', X: 'string' } },
      'WBEM_E_INVALID_CLASS',
    ],
    ['an unknown type', { name: 'A', properties: { x: 'int' as never } }, 'WBEM_E_INVALID_CIM_TYPE'],
    ['a class for a number', { name: 'A', properties: { x: 'uint8:B' as never } }, 'WBEM_E_INVALID_CIM_TYPE'],
    [
      'a default of another type',
      { name: 'A', properties: { x: { type: 'uint8', value: 'x' } } },
      'WBEM_E_TYPE_MISMATCH',
    ],
    ['a mixed qualifier', { name: 'A', qualifiers: { q: [1, 'x'] } }, 'WBEM_E_INVALID_QUALIFIER_TYPE'],
    ['a real key', { name: 'A', properties: { x: { type: 'real32', key: true } } }, 'WBEM_E_CANNOT_BE_KEY'],
  ] as const)('refuses %s', (_, spec, code) => {
    expectCode(() => defineClass(spec), code);
  });
});
