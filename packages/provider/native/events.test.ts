import { type PropertyBag, type WbemError, WbemStatus } from '@wmisec/wbem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DecoupledHost } from '../src/index.ts';
import { hasFixture, ProviderService } from './provider-service.ts';
import doorbell from './samples/doorbell.ts';

const [RANG, BROKE] = ['SELECT * FROM Test_Rang', 'SELECT * FROM Test_Broke'] as const;
const ADMINISTRATORS = 'O:BAG:BAD:(A;;0x40;;;BA)';

describe.skipIf(!hasFixture)('events of a decoupled provider, taken by a C++ service under Wine', () => {
  let service: ProviderService;
  let host: DecoupledHost;
  let before: number;
  const errors: string[] = [];

  beforeAll(async () => {
    service = await ProviderService.open();
    await service.install(doorbell);
    before = service.liveObjects;
  }, 60_000);

  beforeEach(async () => {
    host = await service.host('doorbell', { onError: ({ message }) => errors.push(message) });
    await call('Heard');
  });

  afterEach(async () => {
    service.emptyAudience();
    await host.stop();
    expect([service.liveObjects, service.liveContexts, service.sinkEnds]).toEqual([before, 0, 0]);
  });

  afterAll(() => service[Symbol.asyncDispose]());

  async function call(method: string, inParams: PropertyBag = {}): Promise<unknown> {
    await using services = await service.connect('Doorbell', 'administrator');
    try {
      const { returnValue } = await services.execMethod('Test_Bell', method, inParams);
      return returnValue;
    } catch (error) {
      return (error as WbemError).hresult;
    }
  }

  const ring = (Name: string, Descriptor: string | null = null) => call('Ring', { Name, Descriptor });

  test('AC-5.9 a decoupled provider sees no token: the creator of a permanent subscription, else nothing', async () => {
    await service.subscribe('Doorbell', 'reader', RANG);
    await service.subscribe('Doorbell', 'administrator', RANG, 'S-1-5-21-1-2-3-1001');
    expect(await call('Heard')).toBe(
      [
        'asked decoupled null null',
        `new true ${RANG}`,
        'asked permanent S-1-5-21-1-2-3-1001 null',
        `new true ${RANG}`,
      ].join('; '),
    );
  });

  test('AC-5.1 whom AccessCheck refuses is not subscribed', async () => {
    const refused = await service.subscribe('Doorbell', 'reader', BROKE);
    const admitted = await service.subscribe('Doorbell', 'administrator', BROKE, 'S-1-5-32-544');
    expect([refused.answer, admitted.answer]).toEqual([WbemStatus.WBEM_E_ACCESS_DENIED, 0]);
    expect(await call('Heard')).toContain(`new true ${BROKE}`);
  });

  test('a provider that fails to answer has refused, and its author hears why', async () => {
    const { answer } = await service.subscribe('Doorbell', 'administrator', 'SELECT * FROM Nothing');
    expect([answer, errors.splice(0)]).toEqual([
      WbemStatus.WBEM_E_ACCESS_DENIED,
      ['no such query: SELECT * FROM Nothing'],
    ]);
  });

  test('AC-5.10 WBEM_S_SUBJECT_TO_SDS reaches WMI, and each event carries its own descriptor', async () => {
    const [reader, administrator] = [
      await service.subscribe('Doorbell', 'reader', RANG),
      await service.subscribe('Doorbell', 'administrator', RANG),
    ];
    expect([reader.answer, administrator.answer]).toEqual([0x43003, 0x43003]);
    await ring('for all');
    await ring('for few', ADMINISTRATORS);
    expect(reader.delivered()).toEqual(['for all']);
    expect(administrator.delivered()).toEqual(['for all', 'for few']);
  });

  test('AC-5.2 the descriptor of the sink keeps events from a reader', async () => {
    const [reader, administrator] = [
      await service.subscribe('Doorbell', 'reader', RANG),
      await service.subscribe('Doorbell', 'administrator', RANG),
    ];
    await call('Secure', { Descriptor: ADMINISTRATORS });
    await ring('secret');
    expect([reader.delivered(), administrator.delivered()]).toEqual([[], ['secret']]);
    expect(service.takeSinkLog()).toEqual([expect.stringMatching(/^security \d+$/)]);
  });

  test('rules 5.4: a sink without owner and group is refused before WMI sees it', async () => {
    expect(await call('Secure', { Descriptor: 'D:(A;;0x40;;;BA)' })).toBe(
      WbemStatus.WBEM_E_INVALID_PARAMETER,
    );
    expect(service.takeSinkLog()).toEqual([]);
  });

  test('a restricted sink is active while somebody listens to it, and gathers as it is told', async () => {
    expect(await call('Restrict')).toBe(false);
    const listener = await service.subscribe('Doorbell', 'administrator', BROKE, 'S-1-5-32-544');
    expect(await call('Restrict')).toBe(true);
    expect(listener.delivered()).toEqual(['broke']);
    expect(service.takeSinkLog().slice(0, 2)).toEqual([`restricted [${BROKE}]`, 'batching 1 4096 20']);
  });

  test('WMI that is too busy is an error by name', async () => {
    expect(await ring('too much')).toBe(WbemStatus.WBEM_E_SERVER_TOO_BUSY);
  });

  test('the end of a query, and of the provider, is told', async () => {
    const listener = await service.subscribe('Doorbell', 'administrator', RANG);
    await listener.cancel();
    expect(await call('Heard')).toContain('cancelled true');
  });

  test('a provider whose sink WMI leaves to be fetched fetches it', async () => {
    await host.stop();
    service.letFetchSinks(true);
    host = await service.host('doorbell');
    service.letFetchSinks(false);
    expect(await call('Heard')).toBe('stopped; sink for root\\fixture');
    const listener = await service.subscribe('Doorbell', 'administrator', RANG);
    await ring('fetched');
    expect(listener.delivered()).toEqual(['fetched']);
  });
});
