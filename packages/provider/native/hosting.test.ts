import { AuthnLevel, TokenImpersonationLevel, WbemStatus } from '@wmisec/wbem';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DecoupledOptions } from '../src/index.ts';
import { hasFixture, ProviderService } from './provider-service.ts';
import threeRows from './samples/three-rows.ts';

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
    await service.install(threeRows);
    before = service.liveObjects;
  }, 60_000);

  afterEach(() => expect([service.liveObjects, service.liveContexts]).toEqual([before, 0]));
  afterAll(() => service[Symbol.asyncDispose]());

  const host = (options: DecoupledOptions = {}) => service.host('three-rows', options);

  test('registers, is initialised, gives its rows, and gives everything back', async () => {
    await using _ = await host({ scope: 'root\\fixture' });
    const result = await service.call('ThreeRows', ENUMERATE);
    expect(result).toMatchObject({ begun: 0, status: 0, ends: 1, late: 0, holders: 0, rows: ROWS });
  });

  test('AC-9.13 a process that the SecurityDescriptor does not let register gets access denied', async () => {
    await service.register('ForServices', null);
    await service.register('ForSomebody', 'O:BAG:BAD:(A;;0x1;;;S-1-5-21-9-9-9-1000)');
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
