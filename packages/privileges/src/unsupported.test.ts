import { describe, expect, test } from 'vitest';
import { checkPrivileges, enablePrivileges, listPrivileges, withPrivileges } from './index.ts';

const refusal = expect.objectContaining({ code: 'UNSUPPORTED_PLATFORM' });

describe.skipIf(process.platform === 'win32')('away from Windows', () => {
  test('every native call fails when it is made, and the body does not run', () => {
    let ran = false;
    const body = () => {
      ran = true;
    };
    expect(() => withPrivileges(['SeDebugPrivilege'], body)).toThrow(refusal);
    expect(() => enablePrivileges(['SeDebugPrivilege'])).toThrow(refusal);
    expect(() => listPrivileges()).toThrow(refusal);
    expect(() => checkPrivileges(['SeDebugPrivilege'])).toThrow(refusal);
    expect(ran).toBe(false);
  });
});
