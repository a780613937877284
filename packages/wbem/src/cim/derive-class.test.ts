import { describe, expect, it } from 'vitest';
import { expectCode } from '../testing.ts';
import { type ClassSpec, defineClass } from './define-class.ts';
import { deriveClass } from './derive-class.ts';
import { findProperty } from './property.ts';
import { getQualifier, qualifier } from './qualifier.ts';

const base = defineClass({
  name: 'Base',
  qualifiers: [
    qualifier('abstract'),
    qualifier('Locale', 1033, { toInstance: true }),
    qualifier('Version', '1', { toSubclass: true }),
    qualifier('Owner', 'acme', { toSubclass: true, overridable: false }),
  ],
  properties: {
    Id: { type: 'uint32', key: true },
    Name: { type: 'string', value: 'none', qualifiers: [qualifier('MaxLen', 64, { toSubclass: true })] },
  },
  methods: { Start: { in: { Mode: 'uint8' }, returns: 'uint32' } },
});

const derive = (spec: Omit<ClassSpec, 'name' | 'superclass'>) =>
  defineClass({ name: 'Derived', superclass: base, ...spec });

describe('deriveClass inherits', () => {
  const derived = derive({ properties: { Size: 'uint64' }, methods: { Stop: {} } });

  it('the line of ancestors, nearest first', () => {
    const leaf = defineClass({ name: 'Leaf', superclass: derived });
    expect(leaf).toMatchObject({ superclass: 'Derived', derivation: ['Derived', 'Base'] });
  });

  it('properties and methods, before its own, with the class that declares them', () => {
    expect(derived.properties.map((p) => [p.name, p.origin])).toEqual([
      ['Id', 'Base'],
      ['Name', 'Base'],
      ['Size', 'Derived'],
    ]);
    expect(derived.methods.map((m) => [m.name, m.origin])).toEqual([
      ['Start', 'Base'],
      ['Stop', 'Derived'],
    ]);
  });

  it('keys', () => {
    expect(findProperty(derived, 'Id')?.isKey).toBe(true);
  });

  it('only qualifiers that travel to subclasses', () => {
    expect(derived.qualifiers.map((q) => q.name)).toEqual(['Version', 'Owner']);
    expect(getQualifier(findProperty(derived, 'Name')!, 'maxlen')?.value).toBe(64);
  });
});

describe('deriveClass overrides', () => {
  it('a default value, while the origin stays', () => {
    const derived = derive({ properties: { NAME: { type: 'string', value: 'some' } } });
    expect(findProperty(derived, 'Name')).toMatchObject({ name: 'Name', value: 'some', origin: 'Base' });
  });

  it('nothing by repeating a property without a default', () => {
    expect(findProperty(derive({ properties: { Name: 'string' } }), 'Name')?.value).toBe('none');
  });

  it('a qualifier that allows it', () => {
    expect(getQualifier(derive({ qualifiers: { Version: '2' } }), 'Version')?.value).toBe('2');
  });

  it('a method of the same signature', () => {
    const derived = derive({
      methods: { start: { in: { Mode: 'uint8' }, returns: 'uint32', static: true } },
    });
    expect(derived.methods.map((m) => [m.name, m.origin, m.qualifiers.length])).toEqual([
      ['Start', 'Base', 1],
    ]);
  });
});

describe('deriveClass refuses', () => {
  it.each([
    ['another type', { properties: { Name: 'uint32' } }, 'WBEM_E_TYPE_MISMATCH'],
    ['an array for a scalar', { properties: { Name: 'string[]' } }, 'WBEM_E_TYPE_MISMATCH'],
    ['another value of a fixed qualifier', { qualifiers: { Owner: 'me' } }, 'WBEM_E_OVERRIDE_NOT_ALLOWED'],
    [
      'a key withdrawn',
      { properties: { Id: { type: 'uint32', qualifiers: [qualifier('key', false)] } } },
      'WBEM_E_OVERRIDE_NOT_ALLOWED',
    ],
    [
      'a further key',
      { properties: { Other: { type: 'uint32', key: true } } },
      'WBEM_E_CANNOT_CHANGE_KEY_INHERITANCE',
    ],
    [
      'an inherited property made a key',
      { properties: { Name: { type: 'string', key: true } } },
      'WBEM_E_CANNOT_CHANGE_KEY_INHERITANCE',
    ],
    ['another signature', { methods: { Start: { returns: 'uint32' } } }, 'WBEM_E_PROPAGATED_METHOD'],
    ['a singleton with keys', { qualifiers: { singleton: true } }, 'WBEM_E_CANNOT_BE_SINGLETON'],
  ] as const)('%s', (_, spec, code) => {
    expectCode(() => derive(spec), code);
  });

  it('an abstract class under a concrete one', () => {
    const concrete = derive({});
    expectCode(
      () => defineClass({ name: 'X', superclass: concrete, qualifiers: { abstract: true } }),
      'WBEM_E_CANNOT_BE_ABSTRACT',
    );
  });

  it('a parent that the declaration does not name', () => {
    const declaration = defineClass({ name: 'X', superclass: 'Other' });
    expectCode(() => deriveClass(base, declaration), 'WBEM_E_INVALID_SUPERCLASS');
    expectCode(() => deriveClass(null, declaration), 'WBEM_E_INVALID_SUPERCLASS');
    expectCode(() => deriveClass(base, defineClass({ name: 'X' })), 'WBEM_E_INVALID_SUPERCLASS');
  });

  it('a whole class that leaves out an inherited property', () => {
    const whole = derive({});
    const cut = { ...whole, properties: whole.properties.filter((p) => p.name !== 'Name') };
    expectCode(() => deriveClass(base, cut), 'WBEM_E_PROPAGATED_PROPERTY');
  });

  it('names and defaults that no builder has checked', () => {
    const plain = defineClass({ name: 'Plain', properties: { Size: 'uint8' } });
    const damaged = (damage: object) => () =>
      deriveClass(null, { ...plain, properties: [{ ...plain.properties[0]!, ...damage }] });
    expectCode(damaged({ name: 'a b' }), 'WBEM_E_INVALID_PARAMETER');
    expectCode(damaged({ value: 256 }), 'WBEM_E_VALUE_OUT_OF_RANGE');
    expectCode(damaged({ value: 'x' }), 'WBEM_E_TYPE_MISMATCH');
  });

  it('more than 1024 properties (docs/rules.md 10.3)', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`P${i}`, 'uint8' as const]));
    expect(derive({ properties: many(1022) }).properties).toHaveLength(1024);
    expectCode(() => derive({ properties: many(1023) }), 'WBEM_E_TOO_MANY_PROPERTIES');
  });
});

describe('a class read from a service', () => {
  it('derives to itself', () => {
    const whole = derive({ properties: { Size: 'uint64' }, methods: { Stop: {} } });
    expect(deriveClass(base, whole)).toEqual(whole);
  });

  it('may add a key under a class without keys', () => {
    const keyless = defineClass({ name: 'Keyless', qualifiers: { abstract: true } });
    const keyed = defineClass({
      name: 'Keyed',
      superclass: keyless,
      properties: { Id: { type: 'string', key: true } },
    });
    expect(findProperty(keyed, 'Id')?.isKey).toBe(true);
  });
});
