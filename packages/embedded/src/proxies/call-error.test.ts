import { ParseError, WbemError, WbemStatus } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { callError } from './call-error.ts';

test('an error of WMI gets the name of the call and keeps the rest', () => {
  const refusal = { gate: 'g', missing: ['m'], ace: null, fix: null };
  const error = callError(new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED, 'no', { refusal }), 'next');
  expect(error).toMatchObject({ code: 'WBEM_E_ACCESS_DENIED', message: 'no', operation: 'next', refusal });
});

test('text that cannot be read becomes an error of WMI, which leads to where it went wrong', () => {
  const cause = new ParseError('WBEM_E_INVALID_QUERY', 'query', { offset: 3, expected: 'FROM', got: 'x' });
  expect(callError(cause, 'execQuery')).toMatchObject({
    name: 'WbemError',
    hresult: 0x80041017,
    message: cause.message,
    cause,
  });
});

test('a fault of the service shows nothing of its inside', () => {
  const error = callError(new TypeError("cannot read 'hunter2'"), 'getObject');
  expect(error.code).toBe('WBEM_E_FAILED');
  expect(JSON.stringify(error)).not.toContain('hunter2');
  expect(error.message).not.toContain('hunter2');
});
