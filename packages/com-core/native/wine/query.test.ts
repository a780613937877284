// Against Wine's own WMI service under Wine, and the real one on Windows: only what both answer alike. One
// query at a time: Wine's tables are not made for several threads.
import { type CimInstance, isCimDateTime, type WbemServices } from '@wmisec/wbem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { native } from '../../src/transport/native-transport.ts';
import { openRequest } from './open-request.ts';

let services: WbemServices;

beforeAll(async () => {
  services = await native().open(openRequest('ROOT\\CIMV2'));
});

afterAll(async () => {
  await services[Symbol.asyncDispose]();
});

async function rowsOf(query: string): Promise<CimInstance[]> {
  await using rows = await services.execQuery(query);
  return (await rows.next(1000)).objects as CimInstance[];
}

test('Win32_Process lists this process, with numbers that are numbers', async () => {
  const [row] = await rowsOf(`SELECT * FROM Win32_Process WHERE ProcessId = ${process.pid}`);
  expect(row).toMatchObject({
    shape: { className: 'Win32_Process' },
    properties: { Handle: String(process.pid), Name: 'node.exe', ThreadCount: expect.any(Number) },
  });
});

test('a WHERE clause leaves the rows that it names', async () => {
  const rows = await rowsOf("SELECT Name, ProcessId, StartMode FROM Win32_Service WHERE Name = 'RpcSs'");
  expect(rows.map((row) => row.properties.Name)).toEqual(['RpcSs']);
});

test('LIKE matches by pattern', async () => {
  const rows = await rowsOf("SELECT Name FROM Win32_Service WHERE Name LIKE 'R%'");
  expect(rows.length).toBeGreaterThan(0);
  for (const { properties } of rows) expect(properties.Name).toMatch(/^r/i);
});

test('uint64 values are bigints and datetimes are taken apart', async () => {
  const [system] = await rowsOf('SELECT * FROM Win32_OperatingSystem');
  expect(system!.properties.TotalVisibleMemorySize).toBeTypeOf('bigint');
  expect(isCimDateTime(system!.properties.LastBootUpTime)).toBe(true);
});

test('arrays are arrays, and absent values are null', async () => {
  const adapters = await rowsOf('SELECT * FROM Win32_NetworkAdapterConfiguration');
  const values = adapters.map((row) => row.properties.IPAddress);
  expect(values.length).toBeGreaterThan(0);
  for (const value of values) expect(value === null || Array.isArray(value)).toBe(true);
});

test('a query without rows gives none', async () => {
  expect(await rowsOf('SELECT * FROM Win32_Process WHERE ProcessId = 4294967295')).toEqual([]);
});

test('a query that is none fails with WBEM_E_INVALID_QUERY', async () => {
  await expect(rowsOf('SELEKT * FROM Win32_Process')).rejects.toMatchObject({ code: 'WBEM_E_INVALID_QUERY' });
});

test('an instance is got by its path', async () => {
  const object = await services.getObject(`Win32_Process.Handle="${process.pid}"`);
  expect(object).toMatchObject({ kind: 'instance', properties: { Name: 'node.exe' } });
});

test('a path that leads nowhere fails', async () => {
  await expect(services.getObject('NoSuchClass.Key="1"')).rejects.toMatchObject({ name: 'WbemError' });
});

test('a proxy tells its blanket, or says with a status that it cannot', () => {
  try {
    expect(services.queryBlanket().authnLevel).toBeGreaterThan(0);
  } catch (error) {
    expect(error).toMatchObject({ name: 'WbemError', operation: 'queryBlanket' });
  }
});
