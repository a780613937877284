import { describe, expect, it } from 'vitest';
import { defineClass } from './define-class.ts';
import { shapeOf } from './instance.ts';
import { declaredClassOf, findProperty } from './property.ts';

const door = defineClass({
  name: 'Door',
  properties: { Id: 'uint32', Any: 'ref', House: 'ref:House', Locks: 'object:Lock[]' },
});

describe('findProperty', () => {
  it('finds in any case, in classes and in shapes', () => {
    expect(findProperty(door, 'HOUSE')?.name).toBe('House');
    expect(findProperty(shapeOf(door), 'house')?.name).toBe('House');
  });

  it.each(['Hous', '', 'constructor', '__proto__'])('finds nothing by %j', (name) => {
    expect(findProperty(door, name)).toBeUndefined();
  });
});

describe('declaredClassOf ([MS-WMI] 2.2.32)', () => {
  it.each([
    ['Id', null],
    ['Any', null],
    ['House', 'House'],
    ['Locks', 'Lock'],
  ])('%s is of class %s', (name, className) => {
    expect(declaredClassOf(findProperty(door, name)!)).toBe(className);
  });
});
