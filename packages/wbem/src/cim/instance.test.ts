import { describe, expect, it } from 'vitest';
import { expectCode } from '../testing.ts';
import { defineClass } from './define-class.ts';
import { instanceKeys, instanceOf, isInstanceOf, shapeOf } from './instance.ts';

const lock = defineClass({ name: 'Lock', properties: { Code: 'string' } });
const door = defineClass({
  name: 'Door',
  properties: {
    Id: { type: 'uint32', key: true },
    Open: { type: 'boolean', value: false, notNull: true },
    Size: 'uint64',
    Lock: 'object:Lock',
  },
});

const strict = defineClass({ name: 'Strict', properties: { Id: { type: 'uint32', notNull: true } } });

describe('instanceOf', () => {
  it('has every property of the class, in its case and order, with defaults', () => {
    const instance = instanceOf(door, { SIZE: 5, id: 1 });
    expect(Object.entries(instance.properties)).toEqual([
      ['Id', 1],
      ['Open', false],
      ['Size', 5n],
      ['Lock', null],
    ]);
    expect(instance.path).toBeNull();
  });

  it('takes undefined for a value that is not given', () => {
    expect(instanceOf(door, { Open: undefined }).properties.Open).toBe(false);
  });

  it('keeps a property by the name of a prototype as plain data', () => {
    const odd = defineClass({ name: 'Odd', properties: { ['__proto__']: 'string' } });
    const { properties } = instanceOf(odd, JSON.parse('{"__proto__": "x"}'));
    expect(Object.entries(properties)).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype);
  });

  it('shares the shape of its class', () => {
    expect(instanceOf(door).shape).toBe(shapeOf(door));
    expect(shapeOf(door).properties[0]).toEqual({ name: 'Id', type: 19, isArray: false, isKey: true });
  });

  it('accepts embedded objects of the declared class and its subclasses', () => {
    const codeLock = defineClass({ name: 'CodeLock', superclass: lock });
    expect(instanceOf(door, { Lock: instanceOf(codeLock) }).properties.Lock).not.toBeNull();
    expectCode(() => instanceOf(door, { Lock: instanceOf(door) }), 'WBEM_E_TYPE_MISMATCH');
  });

  it.each([
    ['an unknown property', { Nope: 1 }, 'WBEM_E_INVALID_PROPERTY'],
    ['a property in two cases', { Id: 1, ID: 2 }, 'WBEM_E_INVALID_PROPERTY'],
    ['a name of Object.prototype', { constructor: 1 }, 'WBEM_E_INVALID_PROPERTY'],
    ['nothing where Not_Null stands and no default fills it', {}, 'WBEM_E_ILLEGAL_NULL', strict],
    ['null where Not_Null stands', { Open: null }, 'WBEM_E_ILLEGAL_NULL'],
    ['another type', { Id: 'one' }, 'WBEM_E_TYPE_MISMATCH'],
    ['a number out of range', { Id: -1 }, 'WBEM_E_VALUE_OUT_OF_RANGE'],
  ])('refuses %s', (_, properties, code, cls = door) => {
    expectCode(() => instanceOf(cls, properties), code);
  });

  it('names the property in the message', () => {
    expect(() => instanceOf(door, { Id: -1 })).toThrow(
      'Door.Id: uint32 reaches from 0 to 4294967295, got -1',
    );
  });
});

describe('instances', () => {
  it('tell their keys', () => {
    expect(instanceKeys(instanceOf(door, { Id: 7 }))).toEqual({ Id: 7 });
    expect(instanceKeys(instanceOf(lock))).toEqual({});
  });

  it('belong to their class and its ancestors', () => {
    const leaf = instanceOf(defineClass({ name: 'CodeLock', superclass: lock }));
    expect(isInstanceOf(leaf, 'LOCK')).toBe(true);
    expect(isInstanceOf(leaf, 'Door')).toBe(false);
  });
});
