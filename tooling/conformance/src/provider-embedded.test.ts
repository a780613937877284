import { createService } from '@wmisec/embedded';
import { expect, test } from 'vitest';
import { askDoors, DOORS_ANSWERS } from './doors-answers.ts';
import { doorsProvider } from './doors-provider.ts';
import { openAs } from './open-as.ts';
import { PEOPLE } from './provider-people.ts';

test.each(['administrator', 'reader', 'guest'] as const)(
  'a provider answers the %s as its policy says',
  async (who) => {
    await using service = await createService({ providers: [doorsProvider()] });
    await using services = await openAs(service, PEOPLE[who]);
    expect(await askDoors(services)).toEqual(DOORS_ANSWERS[who]);
  },
);
