import { expect, test } from 'vitest';
import { checkedSink } from './checked-sink.ts';

test.skipIf(process.platform === 'win32')('there are no apartments but on Windows', async () => {
  const sink = { indicate: () => {}, setStatus: () => {} };
  const made = checkedSink(sink, { policy: { rule: { kind: 'dangerouslyAnyone' } } });
  await expect(made).rejects.toMatchObject({ code: 'UNSUPPORTED_PLATFORM' });
});
