import { openNative } from '@wmisec/com-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askDoors, DOORS_ANSWERS } from '../../../tooling/conformance/src/doors-answers.ts';
import doors from '../../../tooling/conformance/src/doors-module.ts';
import { installProvider, uninstallProvider } from '../src/index.ts';
import { hasFixture, ProviderService } from './provider-service.ts';

/** Each call reaches the provider through a C++ service, with the token of its caller; embedded has the same answers. */
describe.skipIf(!hasFixture)('the building, hosted natively under Wine', () => {
  let service: ProviderService;

  beforeAll(async () => {
    service = await ProviderService.open();
    await installProvider(service.services, doors);
  }, 60_000);

  afterAll(() => service[Symbol.asyncDispose]());

  test('what installing writes is taken back by uninstalling, and nothing stays behind', async () => {
    const { services } = service;
    await uninstallProvider(services, doors);
    const gone = [
      'Acme_Door',
      '__Win32Provider.Name="Doors"',
      '__InstanceProviderRegistration.provider="__Win32Provider.Name="Doors""',
      '__MethodProviderRegistration.provider="__Win32Provider.Name="Doors""',
    ];
    for (const path of gone)
      await expect(services.getObject(path)).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
    await uninstallProvider(services, doors);
    await installProvider(services, doors);
  });

  const host = (hosting: string) => service.host('doors', { hosting, onError: () => {} });

  async function answersTo(who: string) {
    await using services = await service.connect('Doors', who);
    return await askDoors(services);
  }

  test('rules 9.11: with a folded identity nobody is known, so everybody gets what Everyone gets', async () => {
    await using _ = await host('Decoupled:Com');
    const answers = await answersTo('administrator');
    expect(answers).toEqual(await answersTo('guest'));
    expect(answers).toMatchObject({ knock: 'WBEM_E_ACCESS_DENIED', remove: 'WBEM_E_ACCESS_DENIED' });
  });

  // The administrator comes last, who removes a door.
  test.each(['reader', 'guest', 'administrator'] as const)(
    'answers the %s as its policy says',
    async (who) => {
      const before = service.liveObjects;
      await using running = await host('Decoupled:Com:FoldIdentity(FALSE)');
      expect(await answersTo(who)).toEqual(DOORS_ANSWERS[who]);
      await running.stop();
      openNative().oleaut32.SetErrorInfo(0, 0 as never);
      expect([service.liveObjects, service.liveContexts]).toEqual([before, 0]);
    },
  );
});
