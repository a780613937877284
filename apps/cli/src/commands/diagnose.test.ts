import { expect, test } from 'vitest';
import { run } from '../run.ts';
import { testIo } from '../test-io.ts';

async function diagnose(...argv: readonly string[]): Promise<string> {
  const io = testIo({});
  expect(await run(['diagnose', '--transport', 'embedded', ...argv], io)).toBe(0);
  return io.stdoutText();
}

test('diagnose says in text which gate refuses, what is missing and what would mend it', async () => {
  const text = await diagnose('--imp', 'identify');
  expect(text).toMatch(/^execQuery on root\\cimv2: refused$/m);
  expect(text).toMatch(/^ +passed +connect /m);
  expect(text).toMatch(/^ +refused +impersonation-level +missing RPC_C_IMP_LEVEL_IMPERSONATE$/m);
  expect(text).toMatch(/^ +unknown +namespace-rights /m);
  expect(text).toMatch(
    /^to mend it: set the impersonation level of the proxy to RPC_C_IMP_LEVEL_IMPERSONATE/m,
  );
});

test('diagnose: the mend it names turns the verdict, in text and in JSON', async () => {
  expect(await diagnose('--imp', 'impersonate')).toMatch(/^execQuery on root\\cimv2: allowed$/m);
  expect(JSON.parse(await diagnose('--imp', 'impersonate', '-f', 'json'))).toMatchObject({
    verdict: 'allowed',
    refusal: null,
  });
});
