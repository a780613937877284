import { ParseError } from '@wmisec/wbem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTarget } from './parse-target.ts';

test.each([
  ['root\\cimv2', { server: null, namespace: 'root\\cimv2' }],
  ['ROOT/CIMV2', { server: null, namespace: 'ROOT\\CIMV2' }],
  ['\\\\.\\root\\default', { server: null, namespace: 'root\\default' }],
  ['//srv-01.corp.local/root/cimv2', { server: 'srv-01.corp.local', namespace: 'root\\cimv2' }],
  ['\\\\fe80::1\\root', { server: 'fe80::1', namespace: 'root' }],
])('rules 2.2: %s is a target', (text, target) => {
  expect(parseTarget(text)).toEqual(target);
});

test.each([
  '',
  '\\\\',
  '\\\\srv',
  '\\\\srv\\',
  '\\\\\\root',
  'root\\',
  'root\\\\cimv2',
  'root cimv2',
  'root:Win32_Process',
  'root\\a\0b',
  '\\\\s v\\root',
  '\\\\srv\0x\\root',
  'r'.repeat(0x2001),
])('rules 2.2: %j is refused as an invalid parameter', (text) => {
  expect(() => parseTarget(text)).toThrow(
    expect.objectContaining({ code: 'WBEM_E_INVALID_PARAMETER', hresult: 0x80041008 }),
  );
});

test('any text is a target or a parse error', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        expect(parseTarget(text).namespace).not.toBe('');
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError);
      }
    }),
  );
});
