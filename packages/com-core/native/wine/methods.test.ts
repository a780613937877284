import { expect, test } from 'vitest';
import { native } from '../../src/transport/native-transport.ts';
import { openRequest } from './open-request.ts';

const onWine = process.env.WINEPREFIX !== undefined;
/** A uint32; Wine declares the parameter as a sint32. */
const HKEY_LOCAL_MACHINE = onWine ? 0x80000002 | 0 : 0x80000002;
/** Wine does not know the path of a singleton. */
const SYSTEM_SECURITY = onWine ? '__SystemSecurity' : '__SystemSecurity=@';
const WINDOWS = 'Software\\Microsoft\\Windows NT\\CurrentVersion';

test('StdRegProv reads the registry: text out', async () => {
  await using services = await native().open(openRequest('ROOT\\DEFAULT'));
  const parameters = { hDefKey: HKEY_LOCAL_MACHINE, sSubKeyName: WINDOWS, sValueName: 'CurrentVersion' };
  const { returnValue, outParams } = await services.execMethod('StdRegProv', 'GetStringValue', parameters);
  expect(returnValue).toBe(0);
  expect(outParams.sValue).toMatch(/^\d+\.\d+$/);
});

test('StdRegProv lists keys: an array out', async () => {
  await using services = await native().open(openRequest('ROOT\\DEFAULT'));
  const parameters = { hDefKey: HKEY_LOCAL_MACHINE, sSubKeyName: 'Software\\Microsoft' };
  const { returnValue, outParams } = await services.execMethod('StdRegProv', 'EnumKey', parameters);
  expect(returnValue).toBe(0);
  expect(outParams.sNames).toContain('Windows NT');
});

test('a status that is no failure of the call comes as the return value', async () => {
  await using services = await native().open(openRequest('ROOT\\DEFAULT'));
  const parameters = { hDefKey: HKEY_LOCAL_MACHINE, sSubKeyName: 'Software\\None', sValueName: 'x' };
  const { returnValue } = await services.execMethod('StdRegProv', 'GetStringValue', parameters);
  expect(returnValue).not.toBe(0);
});

test('the descriptor of a namespace comes as the bytes of a self-relative descriptor', async () => {
  await using services = await native().open(openRequest('ROOT\\CIMV2'));
  const { returnValue, outParams } = await services.execMethod(SYSTEM_SECURITY, 'GetSD');
  expect(returnValue).toBe(0);
  const bytes = outParams.SD as number[];
  expect(bytes[0]).toBe(1);
  expect(bytes[3]! & 0x80).toBe(0x80);
});

test('SetSD takes the bytes of a descriptor', async () => {
  await using services = await native().open(openRequest('ROOT\\CIMV2'));
  const { outParams } = await services.execMethod(SYSTEM_SECURITY, 'GetSD');
  const { returnValue } = await services.execMethod(SYSTEM_SECURITY, 'SetSD', { SD: outParams.SD! });
  expect(returnValue).toBe(0);
});
