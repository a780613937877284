import { describe, expect, it } from 'vitest';
import { ParseError } from './parse-error.ts';
import { WbemError } from './wbem-error.ts';
import { WmisecError } from './wmisec-error.ts';

const secondCopy = async <T>(file: string): Promise<T> =>
  import(/* @vite-ignore */ `${file}?second-copy`) as Promise<T>;

describe('errors from two copies of the package', () => {
  it('are instances of each other', async () => {
    const copy = await secondCopy<typeof import('./wmisec-error.ts')>('./wmisec-error.ts');
    expect(copy.WmisecError).not.toBe(WmisecError);
    expect(new copy.WmisecError('A', 'a')).toBeInstanceOf(WmisecError);
    expect(new WbemError(0x80041003)).toBeInstanceOf(copy.WmisecError);
  });

  it('keep their kinds apart', async () => {
    const copy = await secondCopy<typeof import('./wbem-error.ts')>('./wbem-error.ts');
    expect(new copy.WbemError(0x80041003)).toBeInstanceOf(WbemError);
    expect(new copy.WbemError(0x80041003)).not.toBeInstanceOf(ParseError);
    expect(new WmisecError('A', 'a')).not.toBeInstanceOf(copy.WbemError);
  });

  it.each([null, undefined, 'WbemError', {}, new Error('WbemError')])('are not %s', (value) => {
    expect(value).not.toBeInstanceOf(WmisecError);
  });
});

describe('WbemError', () => {
  it('is named by its status', () => {
    const error = new WbemError(0x80041003, undefined, { operation: 'execQuery' });
    expect(error).toMatchObject({ name: 'WbemError', code: 'WBEM_E_ACCESS_DENIED', hresult: 0x80041003 });
    expect(error.message).toBe('execQuery: WBEM_E_ACCESS_DENIED (0x80041003)');
  });

  it('takes a signed status and one without a name', () => {
    expect(new WbemError(-0x7ffbeffd).hresult).toBe(0x80041003);
    expect(new WbemError(0x87654321).code).toBe('0x87654321');
  });
});

describe('ParseError', () => {
  const details = { offset: 7, line: 2, column: 3, expected: 'a name', got: '";"' };

  it('says where, what was expected and what came', () => {
    expect(new ParseError('X', 'MOF', details).message).toBe(
      'MOF: at line 2, column 3, expected a name, got ";"',
    );
    expect(new ParseError('X', 'SID', { offset: 7, expected: 'S-', got: '"T"' }).message).toBe(
      'SID: at offset 7, expected S-, got "T"',
    );
  });

  it('is plain data in JSON', () => {
    expect(JSON.parse(JSON.stringify(new ParseError('X', 'MOF', details)))).toMatchObject({
      code: 'X',
      ...details,
    });
  });
});

describe('JSON of an error', () => {
  const refusal = { gate: 'namespace-rights', missing: ['WBEM_REMOTE_ACCESS'], ace: null, fix: null };
  const error = new WbemError(0x80041003, 'no', {
    operation: 'execQuery',
    refusal,
    cause: new Error('inner secret'),
  });

  it('tells what a person can act on', () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'WBEM_E_ACCESS_DENIED',
      message: 'no',
      hresult: '0x80041003',
      operation: 'execQuery',
      refusal,
    });
  });

  it('has no stack and no cause', () => {
    expect(JSON.stringify(error)).not.toMatch(/errors\.test|at |inner secret/);
    expect(Object.keys(error)).not.toContain('stack');
  });
});
