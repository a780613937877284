import { describe, expect, test } from 'vitest';
import {
  ApartmentThread,
  CallContext,
  checkPrivileges,
  enablePrivileges,
  listPrivileges,
  withPrivilegedProxies,
  withPrivileges,
} from './index.ts';

const refusal = expect.objectContaining({ code: 'UNSUPPORTED_PLATFORM' });

describe.skipIf(process.platform === 'win32')('away from Windows', () => {
  test('every native call fails when it is made, and no body runs', async () => {
    let ran = false;
    const body = () => {
      ran = true;
    };
    expect(() => withPrivileges(['SeDebugPrivilege'], body)).toThrow(refusal);
    expect(() => enablePrivileges(['SeDebugPrivilege'])).toThrow(refusal);
    expect(() => listPrivileges()).toThrow(refusal);
    expect(() => checkPrivileges(['SeDebugPrivilege'])).toThrow(refusal);
    expect(() => CallContext.current()).toThrow(refusal);
    await expect(withPrivilegedProxies(['SeDebugPrivilege'], [], body)).rejects.toEqual(refusal);
    await expect(ApartmentThread.open()).rejects.toEqual(refusal);
    expect(ran).toBe(false);
  });
});
