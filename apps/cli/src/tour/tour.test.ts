import { expect, test } from 'vitest';
import { run } from '../run.ts';
import { testIo } from '../test-io.ts';

test('the tour shows proven proxies, ten processes, and a refusal with its gate and entry, in 80 plain columns', async () => {
  const io = testIo();
  expect(await run(['tour'], io)).toBe(0);
  const text = io.stdoutText();
  expect(io.stderrText()).toBe('');
  expect(text).toMatch(/services +pkt privacy, impersonate +pkt privacy, impersonate, winnt +proven/);
  expect(text).toMatch(/enumerator .* proven/);
  const [, all] = /(\d+) processes in all/.exec(text)!;
  expect(text.match(/ MB /g)).toHaveLength(Math.min(10, Number(all)));
  expect(text).toMatch(/ann +allowed/);
  expect(text).toMatch(/guest +refused +WBEM_E_ACCESS_DENIED/);
  expect(text).toMatch(/gate +namespace-rights/);
  expect(text).toMatch(/decided by +ACE 0 \(D;CI;CCDCLCSWRPWP;;;BG\)/);
  expect(text).not.toContain('\u001b');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
