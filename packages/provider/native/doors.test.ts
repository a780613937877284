import { openNative } from '@wmisec/com-core';
import { instanceOf } from '@wmisec/wbem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askDoors, DOORS_ANSWERS } from '../../../tooling/conformance/src/doors-answers.ts';
import doors from '../../../tooling/conformance/src/doors-module.ts';
import { HostingModel, hostDecoupled } from '../src/index.ts';
import { hasFixture, ProviderService, programUrl } from './provider-service.ts';

/** Each call reaches the provider through a C++ service, with the token of its caller; embedded has the same answers. */
describe.skipIf(!hasFixture)('the building, hosted natively under Wine', () => {
  let service: ProviderService;

  beforeAll(async () => {
    service = await ProviderService.open();
    for (const cls of doors.provider.classes) await service.services.putClass(cls);
    const registration = (await service.services.getObject('__Win32Provider')) as never;
    await service.services.putInstance(
      instanceOf(registration, { Name: 'Doors', SecurityDescriptor: 'O:BAG:BAD:(A;;0x1;;;BA)' }),
    );
  }, 60_000);

  afterAll(() => service[Symbol.asyncDispose]());

  const host = (hostingModel: HostingModel) =>
    hostDecoupled(programUrl('doors'), {
      apartment: service.apartment,
      program: programUrl('provider-program'),
      hostingModel,
      onError: () => {},
    });

  async function answersTo(who: string) {
    await using services = await service.connect('Doors', who);
    return await askDoors(services);
  }

  test('rules 9.11: with a folded identity nobody is known, so everybody gets what Everyone gets', async () => {
    await using _ = await host(HostingModel.Folded);
    const answers = await answersTo('administrator');
    expect(answers).toEqual(await answersTo('guest'));
    expect(answers).toMatchObject({ knock: 'WBEM_E_ACCESS_DENIED', remove: 'WBEM_E_ACCESS_DENIED' });
  });

  // The administrator comes last, who removes a door.
  test.each(['reader', 'guest', 'administrator'] as const)(
    'answers the %s as its policy says',
    async (who) => {
      const before = service.liveObjects;
      await using running = await host(HostingModel.Unfolded);
      expect(await answersTo(who)).toEqual(DOORS_ANSWERS[who]);
      await running.stop();
      openNative().oleaut32.SetErrorInfo(0, 0 as never);
      expect([service.liveObjects, service.liveContexts]).toEqual([before, 0]);
    },
  );
});
