import { setTimeout as sleep } from 'node:timers/promises';
import { AuthnLevel, instanceOf, TokenImpersonationLevel, WbemStatus, type WmisecError } from '@wmisec/wbem';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type DecoupledOptions, hostDecoupled } from '../src/index.ts';
import { hasFixture, openApartment, ProviderService, programUrl } from './provider-service.ts';
import threeRows from './samples/three-rows.ts';

const ADMINISTRATORS_REGISTER = 'O:BAG:BAD:(A;;0x1;;;BA)';
const ENUMERATE = { method: 'CreateInstanceEnumAsync', first: 'Test_Counter' } as const;
const ROWS = [
  { Name: 'a', Value: 1 },
  { Name: 'b', Value: 2 },
  { Name: 'c', Value: 4_000_000_000 },
];

describe.skipIf(!hasFixture)('a decoupled provider, called by a C++ service under Wine', () => {
  let service: ProviderService;
  let before: number;

  beforeAll(async () => {
    service = await ProviderService.open();
    for (const cls of threeRows.classes) await service.services.putClass(cls);
    await register('ThreeRows', ADMINISTRATORS_REGISTER);
    before = service.liveObjects;
  }, 60_000);

  afterEach(() => expect([service.liveObjects, service.liveContexts]).toEqual([before, 0]));
  afterAll(() => service[Symbol.asyncDispose]());

  async function register(name: string, sddl: string | null): Promise<void> {
    const cls = (await service.services.getObject('__Win32Provider')) as never;
    await service.services.putInstance(instanceOf(cls, { Name: name, SecurityDescriptor: sddl }));
  }

  const host = (options: DecoupledOptions = {}) =>
    hostDecoupled(programUrl('three-rows'), {
      apartment: service.apartment,
      program: programUrl('provider-program'),
      ...options,
    });

  test('registers, is initialised, gives its rows, and gives everything back', async () => {
    await using _ = await host({ scope: 'root\\fixture' });
    const result = await service.call('ThreeRows', ENUMERATE);
    expect(result).toMatchObject({ begun: 0, status: 0, ends: 1, late: 0, holders: 0, rows: ROWS });
  });

  test('AC-9.13 a process that the SecurityDescriptor does not let register gets access denied', async () => {
    await register('ForServices', null);
    await register('ForSomebody', 'O:BAG:BAD:(A;;0x1;;;S-1-5-21-9-9-9-1000)');
    for (const registration of ['ForServices', 'ForSomebody'])
      await expect(host({ registration })).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
    for (const name of ['ForServices', 'ForSomebody'])
      await service.services.deleteInstance(`__Win32Provider.Name="${name}"`);
  });

  test('AC-9.14 the second registration under a name is refused, and the first goes on', async () => {
    await using _ = await host();
    await expect(host()).rejects.toMatchObject({ hresult: 0x80041084 });
    expect((await service.call('ThreeRows', ENUMERATE)).rows).toEqual(ROWS);
  });

  test('a name that WMI does not know is an error by name', async () => {
    await expect(host({ registration: 'Nobody' })).rejects.toMatchObject({
      code: 'WBEM_E_PROVIDER_NOT_FOUND',
    });
  });

  test('gets an object by its path, selects by a query, and says what it cannot do', async () => {
    await using _ = await host();
    const call = (
      method: 'GetObjectAsync' | 'DeleteInstanceAsync' | 'ExecQueryAsync',
      first: string,
      second = '',
    ) => service.call('ThreeRows', { method, first, second });
    expect((await call('GetObjectAsync', 'Test_Counter.Name="b"')).rows).toEqual([ROWS[1]]);
    expect(await call('GetObjectAsync', 'Test_Counter.Name="z"')).toMatchObject({
      status: WbemStatus.WBEM_E_NOT_FOUND,
      error: { ProviderName: 'ThreeRows', Operation: 'GetObject', StatusCode: WbemStatus.WBEM_E_NOT_FOUND },
    });
    expect((await call('ExecQueryAsync', 'WQL', 'SELECT * FROM Test_Counter WHERE Value > 1')).rows).toEqual(
      ROWS.slice(1),
    );
    const refusals = [
      await call('ExecQueryAsync', 'SQL', 'SELECT * FROM Test_Counter'),
      await call('ExecQueryAsync', 'WQL', 'SELECT * FROM'),
      await call('DeleteInstanceAsync', 'Test_Counter.Name="b"'),
      await call('GetObjectAsync', 'Test_Counter'),
      await call('GetObjectAsync', 'Other_Class.Name="b"'),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([
      WbemStatus.WBEM_E_INVALID_QUERY_TYPE,
      WbemStatus.WBEM_E_INVALID_QUERY,
      WbemStatus.WBEM_E_PROVIDER_NOT_CAPABLE,
      WbemStatus.WBEM_E_INVALID_OBJECT_PATH,
      WbemStatus.WBEM_E_INVALID_CLASS,
    ]);
    for (const { ends, holders, rows } of refusals) expect([ends, holders, rows]).toEqual([1, 0, []]);
  });

  test('calls from several threads at every impersonation level: none lost, none unchecked', async () => {
    await using _ = await host();
    const { Identification, Impersonation, Delegation } = TokenImpersonationLevel;
    const levels = [Identification, Impersonation, Delegation];
    const numbers = Array.from({ length: 60 }, (_, i) =>
      service.begin('ThreeRows', {
        ...ENUMERATE,
        tokenLevel: levels[i % 3]!,
        authnLevel: i % 10 === 9 ? AuthnLevel.None : AuthnLevel.PktPrivacy,
      }),
    );
    const results = [];
    for (const number of numbers) results.push(await service.finish(number));
    const refused = results.filter(({ begun }) => begun === 0x80070005);
    const served = results.filter(({ begun }) => begun === 0);
    expect([served.length, refused.length]).toEqual([54, 6]);
    for (const { rows, status, ends, holders } of served)
      expect({ rows, status, ends, holders }).toEqual({ rows: ROWS, status: 0, ends: 1, holders: 0 });
    for (const { rows, ends, holders } of refused) expect([rows, ends, holders]).toEqual([[], 0, 0]);
  });
});

describe.skipIf(!hasFixture)('a provider that misbehaves', () => {
  let service: ProviderService;
  const errors: WmisecError[] = [];

  beforeAll(async () => {
    service = await ProviderService.open({
      stallAfterMs: 1000,
      onStall: (e) => errors.push(e),
      onError: (e) => errors.push(e),
    });
    const { default: misbehaving } = await import('./samples/misbehaving.ts');
    for (const cls of misbehaving.classes) await service.services.putClass(cls);
    const registration = (await service.services.getObject('__Win32Provider')) as never;
    await service.services.putInstance(
      instanceOf(registration, { Name: 'Misbehaving', SecurityDescriptor: ADMINISTRATORS_REGISTER }),
    );
  }, 60_000);

  // The last test ends the apartment's thread.
  afterAll(() => service[Symbol.asyncDispose]().catch(() => {}));

  const host = () =>
    hostDecoupled(programUrl('misbehaving'), {
      apartment: service.apartment,
      program: programUrl('provider-program'),
      onError: (error) => errors.push(error),
    });
  const begin = (method: string) =>
    service.begin('Misbehaving', { method: 'ExecMethodAsync', first: 'Test_Misfit', second: method });
  const call = (method: string) => service.finish(begin(method));
  const enumerate = (first: string, most = -1) =>
    service.call('Misbehaving', { method: 'CreateInstanceEnumAsync', first, most });
  const taken = () => errors.splice(0).map(({ code, message }) => `${code}: ${message}`);

  test('a throw is that call’s error without its words, and its author hears them', async () => {
    await using _ = await host();
    const { status, error } = await call('Throw');
    expect(status).toBe(WbemStatus.WBEM_E_PROVIDER_FAILURE);
    expect(error).toMatchObject({ ProviderName: 'Misbehaving', Operation: 'ExecMethod' });
    expect(JSON.stringify(error)).not.toContain('1234');
    expect((await call('Fine')).rows).toEqual([{ ReturnValue: 7 }]);
    expect(taken()).toEqual(['APARTMENT_BODY_FAILED: the secret is 1234']);
  });

  test('what nobody catches is told, and calls go on', async () => {
    await using _ = await host();
    expect((await call('ThrowLater')).status).toBe(0);
    expect((await call('Fine')).rows).toEqual([{ ReturnValue: 7 }]);
    expect(taken()).toEqual(['APARTMENT_BODY_FAILED: nobody catches this']);
  });

  test('results of the wrong type are refused', async () => {
    await using _ = await host();
    const results = [
      await call('WrongResult'),
      await enumerate('Test_wrongType'),
      await enumerate('Test_noRows'),
    ];
    for (const { status, rows, ends } of results)
      expect([status, rows, ends]).toEqual([WbemStatus.WBEM_E_PROVIDER_FAILURE, [], 1]);
    taken();
  });

  test('one that hangs holds up nobody, is cancelled by WMI, and ended by the stop', async () => {
    const running = await host();
    const [cancelled, left] = [begin('Hang'), begin('Hang')];
    expect((await call('Fine')).rows).toEqual([{ ReturnValue: 7 }]);
    service.cancel('Misbehaving', cancelled);
    expect(await service.finish(cancelled)).toMatchObject({
      status: WbemStatus.WBEM_E_CALL_CANCELLED,
      ends: 1,
      holders: 0,
    });
    await running.stop({ graceMs: 50 });
    expect(await service.finish(left)).toMatchObject({
      status: WbemStatus.WBEM_E_SHUTTING_DOWN,
      ends: 1,
      holders: 0,
    });
  });

  test('a flood ends when whoever asked wants no more, and other calls get their turn meanwhile', async () => {
    await using _ = await host();
    const flood = service.begin('Misbehaving', {
      method: 'CreateInstanceEnumAsync',
      first: 'Test_flood',
      most: 20_000,
    });
    expect((await call('Fine')).rows).toEqual([{ ReturnValue: 7 }]);
    const { status, rows, ends, holders } = await service.finish(flood);
    expect([status, ends, holders]).toEqual([WbemStatus.WBEM_E_CALL_CANCELLED, 1, 0]);
    expect(rows.length).toBeGreaterThanOrEqual(20_000);
  });

  test('code that never lets go of its thread is named, and the thread goes on with it later', async () => {
    await using _ = await host();
    const blocking = service.begin('Misbehaving', {
      method: 'ExecMethodAsync',
      first: 'Test_Misfit',
      second: 'Block',
    });
    while (errors.length === 0) await sleep(10);
    expect(taken()).toEqual([
      expect.stringContaining('APARTMENT_STALLED: the apartment has been in the event loop'),
    ]);
    expect((await service.finish(blocking)).status).toBe(0);
  });

  test('the end of its thread is an error by name; the process lives, and other providers go on', async () => {
    await host();
    const number = begin('Exit');
    expect(await service.apartment.ended).toMatchObject({ code: 'APARTMENT_FAILED' });
    expect(service.state(number)).toMatchObject({ ends: 0 });
    expect(taken()).toEqual([expect.stringContaining('APARTMENT_FAILED')]);
    for (const cls of threeRows.classes) await service.services.putClass(cls);
    const registration = (await service.services.getObject('__Win32Provider')) as never;
    await service.services.putInstance(
      instanceOf(registration, { Name: 'ThreeRows', SecurityDescriptor: ADMINISTRATORS_REGISTER }),
    );
    await using apartment = await openApartment();
    const other = { apartment, program: programUrl('provider-program') };
    await using _ = await hostDecoupled(programUrl('three-rows'), other);
    expect((await service.call('ThreeRows', ENUMERATE)).rows).toEqual(ROWS);
  });
});
