import { describe, expect, it } from 'vitest';
import { parseDateTime } from './datetime.ts';
import { defineClass } from './define-class.ts';
import { sameValue } from './same-value.ts';

const noon = '20240229120000.000000+000';

describe('sameValue', () => {
  it('is true for equal values', () => {
    expect(sameValue(1, 1)).toBe(true);
    expect(sameValue(null, null)).toBe(true);
    expect(sameValue(['a', 'b'], ['a', 'b'])).toBe(true);
    expect(sameValue(parseDateTime(noon), parseDateTime(noon))).toBe(true);
  });

  it('is false for values that differ in type, length or content', () => {
    expect(sameValue(1, 1n)).toBe(false);
    expect(sameValue(null, false)).toBe(false);
    expect(sameValue(['a'], ['a', 'b'])).toBe(false);
    expect(sameValue(['a'], 'a')).toBe(false);
    expect(sameValue(parseDateTime(noon), parseDateTime(noon.replace('12', '13')))).toBe(false);
  });

  it('is true for an object and itself alone', () => {
    const cls = defineClass({ name: 'X' });
    expect(sameValue(cls, cls)).toBe(true);
    expect(sameValue(cls, defineClass({ name: 'X' }))).toBe(false);
  });
});
