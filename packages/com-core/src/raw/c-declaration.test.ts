import { describe, expect, test } from 'vitest';
import { parseDeclaration, widthOf } from './c-declaration.ts';

describe('parseDeclaration', () => {
  test.each([
    ['LONG lFlags', 'LONG', 'lFlags', 'int32'],
    ['unsigned char uPromptType', 'unsigned char', 'uPromptType', 'uint8'],
    ['const BSTR strUser', 'const BSTR', 'strUser', 'int64'],
    ['IWbemServices **ppNamespace', 'IWbemServices **', 'ppNamespace', 'int64'],
    ['const LPCWSTR *awszQueries', 'const LPCWSTR *', 'awszQueries', 'int64'],
    ['LONG *plFlavor', 'LONG *', 'plFlavor', 'int64'],
  ])('%s', (text, type, name, width) => {
    expect(parseDeclaration(text)).toEqual({ type, name, width });
  });

  test('refuses what is no declaration', () => {
    expect(() => parseDeclaration('LONG *')).toThrow(TypeError);
  });
});

test('a status is unsigned, a BOOL signed, a handle a pointer', () => {
  expect(widthOf('HRESULT')).toBe('uint32');
  expect(widthOf('WINBOOL')).toBe('int32');
  expect(widthOf('HANDLE')).toBe('int64');
});
