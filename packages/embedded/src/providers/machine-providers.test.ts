import { hostname, totalmem } from 'node:os';
import { type CimInstance, CimType, findProperty, type WbemServices } from '@wmisec/wbem';
import { beforeAll, expect, test } from 'vitest';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { all, open, person } from '../testing.ts';

const NOW = new Date('2026-03-01T10:00:00Z');

let service: EmbeddedService;
let services: WbemServices;

beforeAll(async () => {
  service = await createService({ clock: { now: () => NOW } });
  services = await open(service, 'root\\cimv2');
});

const select = async (query: string) =>
  ((await all(services.execQuery(query))) as CimInstance[]).map(({ properties }) => properties);

test('Win32_Process tells of this very process', async () => {
  const query = `SELECT ProcessId, ParentProcessId, Name, ThreadCount FROM Win32_Process WHERE Handle = "${process.pid}"`;
  expect(await select(query)).toMatchObject([{ ProcessId: process.pid, ParentProcessId: process.ppid }]);
  const path = `Win32_Process.Handle="${process.pid}"`;
  expect(await services.getObject(path)).toMatchObject({ path, properties: { CSName: hostname() } });
});

test('a process that does not exist is not found', async () => {
  for (const handle of ['4294967295', 'x', '-1', '../1'])
    await expect(services.getObject(`Win32_Process="${handle}"`)).rejects.toMatchObject({
      code: 'WBEM_E_NOT_FOUND',
    });
});

test('GetOwner names the user of a process; making and ending processes is not implemented', async () => {
  const path = `Win32_Process="${process.pid}"`;
  expect(await services.execMethod(path, 'GetOwner')).toMatchObject({
    returnValue: 0,
    outParams: { Domain: hostname(), User: expect.any(String) },
  });
  for (const call of [
    services.execMethod('Win32_Process', 'Create', { CommandLine: 'true' }),
    services.execMethod(path, 'Terminate'),
  ])
    await expect(call).rejects.toMatchObject({ code: 'WBEM_E_METHOD_NOT_IMPLEMENTED' });
});

test('the operating system and the computer are one instance each', async () => {
  const [os] = await select('SELECT TotalVisibleMemorySize, LocalDateTime FROM Win32_OperatingSystem');
  expect(os).toMatchObject({
    TotalVisibleMemorySize: BigInt(Math.floor(totalmem() / 1024)),
    LocalDateTime: { year: 2026, month: 3, day: 1, hour: 10 },
  });
  expect(await select('SELECT Name FROM Win32_ComputerSystem')).toEqual([{ Name: hostname() }]);
});

test.each([
  'Win32_LogicalDisk',
  'Win32_NetworkAdapter',
  'Win32_NetworkAdapterConfiguration',
  'Win32_Service',
  'Win32_OperatingSystem',
  'Win32_ComputerSystem',
])('%s gives instances that fit its class and are found by their paths', async (className) => {
  const instances = await all(services.createInstanceEnum(className));
  for (const { path } of instances.slice(0, 3))
    expect(await services.getObject(path!)).toMatchObject({ kind: 'instance', path });
  expect(new Set(instances.map(({ path }) => path)).size).toBe(instances.length);
});

test('a query of a CIM class reaches the classes of this machine', async () => {
  const rows = (await all(services.execQuery('SELECT Name FROM CIM_LogicalElement'))) as CimInstance[];
  const classes = new Set(rows.map(({ shape }) => shape.className));
  expect([...classes]).toEqual(expect.arrayContaining(['Win32_Process', 'Win32_OperatingSystem']));
});

test('the environment is for the owner of the service only', async () => {
  const name = Object.keys(process.env)[0]!;
  expect(await select(`SELECT VariableValue FROM Win32_Environment WHERE Name = "${name}"`)).toContainEqual({
    VariableValue: process.env[name],
  });
  const others = await open(service, 'root\\cimv2', person('ann'));
  await expect(all(others.createInstanceEnum('Win32_Environment'))).rejects.toMatchObject({
    code: 'WBEM_E_ACCESS_DENIED',
  });
});

/** As documented in CIMWin32Prov. */
test.each([
  ['Win32_Process', 'ProcessId', CimType.Uint32, false],
  ['Win32_Process', 'WorkingSetSize', CimType.Uint64, false],
  ['Win32_Process', 'PeakWorkingSetSize', CimType.Uint32, false],
  ['Win32_Process', 'CreationDate', CimType.DateTime, false],
  ['Win32_Process', 'Handle', CimType.String, true],
  ['Win32_OperatingSystem', 'CurrentTimeZone', CimType.Sint16, false],
  ['Win32_ComputerSystem', 'Name', CimType.String, true],
  ['Win32_LogicalDisk', 'DeviceID', CimType.String, true],
  ['Win32_LogicalDisk', 'FreeSpace', CimType.Uint64, false],
  ['Win32_Service', 'Name', CimType.String, true],
  ['Win32_NetworkAdapter', 'Speed', CimType.Uint64, false],
  ['Win32_NetworkAdapterConfiguration', 'Index', CimType.Uint32, true],
  ['Win32_Environment', 'UserName', CimType.String, true],
])('%s.%s has the type of Windows', async (className, name, type, isKey) => {
  const cls = await services.getObject(className);
  expect(cls.kind === 'class' && findProperty(cls, name)).toMatchObject({ type, isKey });
});
