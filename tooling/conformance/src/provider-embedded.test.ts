import { createService } from '@wmisec/embedded';
import { expect, test } from 'vitest';
import { askDoors, DOORS_ANSWERS } from './doors-answers.ts';
import { doorsProvider } from './doors-provider.ts';
import { PEOPLE } from './provider-people.ts';

test.each(['administrator', 'reader', 'guest'] as const)(
  'a provider answers the %s as its policy says',
  async (who) => {
    await using service = await createService({ providers: [doorsProvider()] });
    const transport = service.transport({ as: PEOPLE[who] });
    await using services = await transport.open({
      server: null,
      namespace: 'root\\cimv2',
      identity: null,
      authority: null,
      locale: null,
      useMaxWait: true,
    });
    expect(await askDoors(services)).toEqual(DOORS_ANSWERS[who]);
  },
);
