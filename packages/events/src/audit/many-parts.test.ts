import { type CimInstance, WbemStatus } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { audit } from './audit.ts';
import { machine, plant } from './testing.ts';

test('a machine that gives instances without end is read up to a bound, and the finding says so', async () => {
  const { root, subscription } = machine();
  plant(subscription);
  const one = [...subscription.instances.values()].find(({ shape }) => shape.className === '__EventFilter')!;
  let given = 0;
  const endless = {
    next: async (count: number) => {
      const objects: CimInstance[] = [];
      for (let i = 0; i < count; i++) objects.push({ ...one, path: `__EventFilter.Name="${given++}"` });
      if (given > 1_000_000) throw new Error('nobody stops');
      return { objects, done: false, status: WbemStatus.WBEM_S_NO_ERROR };
    },
    [Symbol.asyncDispose]: async () => {},
  };
  const enumerate = subscription.services.createInstanceEnum;
  Object.assign(subscription.services, {
    createInstanceEnum: async (name: string) => (name === '__EventFilter' ? endless : enumerate(name)),
  });
  const { findings } = await audit(root);
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'unreadable',
      evidence: expect.objectContaining({ what: 'some of __EventFilter' }),
    }),
  );
});
