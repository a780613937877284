import { describe, expect, it } from 'vitest';
import { expectCode } from '../testing.ts';
import { checkClassName, checkIdentifier, isSystemClassName, sameName } from './names.ts';

describe('class names (docs/rules.md 14)', () => {
  it.each([
    ['_X', 'WBEM_E_INVALID_OPERATION'],
    ['__EventFilter', 'WBEM_E_INVALID_OPERATION'],
    ['X_', 'WBEM_E_INVALID_OBJECT'],
    ['', 'WBEM_E_INVALID_OBJECT'],
    ['x'.repeat(0x1001), 'WBEM_E_QUOTA_VIOLATION'],
    ['My Class', 'WBEM_E_INVALID_PARAMETER'],
    ['1Class', 'WBEM_E_INVALID_PARAMETER'],
  ])('AC-14.8 refuses %.20s with %s', (name, code) => {
    expectCode(() => checkClassName(name), code);
  });

  it('accepts underscores inside, letters beyond ASCII, and the longest name', () => {
    for (const name of ['Win32_Process', 'Größe', 'x'.repeat(0x1000)])
      expect(() => checkClassName(name)).not.toThrow();
  });
});

describe('names', () => {
  it('are equal in any case', () => {
    expect(sameName('ProcessId', 'PROCESSID')).toBe(true);
    expect(sameName('ProcessId', 'ProcessIds')).toBe(false);
  });

  it('of system classes begin with two underscores', () => {
    expect(isSystemClassName('__Win32Provider')).toBe(true);
    expect(isSystemClassName('_Win32Provider')).toBe(false);
  });

  it.each(['', 'a-b', 'a b', '$x', 'a;', 'a\n', 'a\u00a0b', 'a\u200bb', 'a\ud800', '\ufeffa'])(
    'cannot be %j',
    (name) => {
      expectCode(() => checkIdentifier(name), 'WBEM_E_INVALID_PARAMETER');
    },
  );
});
