import { setTimeout as sleep } from 'node:timers/promises';
import { WbemStatus, type WmisecError } from '@wmisec/wbem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasFixture, openApartment, ProviderService } from './provider-service.ts';
import misbehaving from './samples/misbehaving.ts';
import threeRows from './samples/three-rows.ts';

describe.skipIf(!hasFixture)('a provider that misbehaves', () => {
  let service: ProviderService;
  const errors: WmisecError[] = [];

  beforeAll(async () => {
    service = await ProviderService.open({
      stallAfterMs: 1000,
      onStall: (e) => errors.push(e),
      onError: (e) => errors.push(e),
    });
    await service.install(misbehaving);
  }, 60_000);

  // The last test ends the apartment's thread.
  afterAll(() => service[Symbol.asyncDispose]().catch(() => {}));

  const host = () => service.host('misbehaving', { onError: (error) => errors.push(error) });
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
    await service.install(threeRows);
    await using apartment = await openApartment();
    await using _ = await service.host('three-rows', { apartment });
    const order = { method: 'CreateInstanceEnumAsync', first: 'Test_Counter' } as const;
    expect((await service.call('ThreeRows', order)).rows).toHaveLength(3);
  });
});
