import { createService, type EmbeddedService } from '@wmisec/embedded';
import { installProvider } from '@wmisec/provider';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askDoors, DOORS_ANSWERS } from './doors-answers.ts';
import { doorsProvider } from './doors-provider.ts';
import { openAs } from './open-as.ts';
import { PEOPLE } from './provider-people.ts';

let service: EmbeddedService;
beforeEach(async () => {
  service = await createService({ providers: [] });
});
afterEach(() => service[Symbol.asyncDispose]());

/** Installs the provider and registers it, as an administrator. */
async function register(hosting: string): Promise<void> {
  const definition = { ...doorsProvider(), hosting };
  await using services = await openAs(service, PEOPLE.administrator);
  await installProvider(services, definition);
  await service.register(definition, { as: PEOPLE.administrator });
}

async function answersFor(who: keyof typeof PEOPLE) {
  await using services = await openAs(service, PEOPLE[who]);
  return await askDoors(services);
}

test.each(['administrator', 'reader', 'guest'] as const)(
  'a provider that registers itself and sees its callers answers the %s as one that is built in',
  async (who) => {
    await register('Decoupled:Com:FoldIdentity(FALSE)');
    expect(await answersFor(who)).toEqual(DOORS_ANSWERS[who]);
  },
);

test.each(['administrator', 'reader', 'guest'] as const)(
  'one that does not see its callers lets the %s do what Everyone may',
  async (who) => {
    await register('Decoupled:Com');
    const answers = await answersFor(who);
    expect(answers['the front door']).toMatchObject({ Id: 1, Code: null });
    expect([answers['the vault'], answers['knock'], answers['remove']]).toEqual(
      Array(3).fill('WBEM_E_ACCESS_DENIED'),
    );
  },
);
