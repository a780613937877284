import { WbemError, type WbemServices } from '@wmisec/wbem';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { all, open } from '../testing.ts';
import { createService } from './create-service.ts';

let services: WbemServices;

beforeAll(async () => {
  services = await open(await createService({ providers: [] }), 'root\\default');
});

/** Text that looks like a path or a query more often than chance would have it. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'SELECT',
        '*',
        'FROM',
        'WHERE',
        '__Namespace',
        '.',
        '=',
        '"',
        '\\',
        '@',
        ':',
        ' ',
        'Name',
        'ASSOCIATORS OF {',
        '}',
        'root',
        '5',
      ),
    )
    .map((words) => words.join('')),
);

async function answers(call: Promise<unknown>): Promise<void> {
  const error: unknown = await call.then(() => null).catch((e: unknown) => e);
  if (error === null) return;
  expect(error).toBeInstanceOf(WbemError);
  expect((error as WbemError).code).not.toBe('WBEM_E_FAILED');
}

test('whatever text comes, the answer is a result or a named error', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (input) => {
      await answers(services.getObject(input));
      await answers(all(services.execQuery(input)));
      await answers(services.openNamespace(input));
      await answers(services.deleteClass(input));
      await answers(services.deleteInstance(input));
      await answers(services.execMethod(input, input));
      await answers(services.execMethod('__SystemSecurity=@', 'SetSD', { [input]: input }));
      await answers(all(services.createInstanceEnum(input)));
    }),
    { numRuns: 300 },
  );
});
