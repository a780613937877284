import { connect } from '@wmisec/auth';
import { createService } from '@wmisec/embedded';
import { expect, test } from 'vitest';
import { CASES } from './cases.ts';

test.each(CASES.filter(({ notOn }) => notOn?.embedded === undefined))('embedded: $title', async ({ run }) => {
  await using service = await createService();
  await using connection = await connect('root\\cimv2', { transport: service.transport() });
  await run(connection);
});

test('embedded: an unknown namespace is WBEM_E_INVALID_NAMESPACE', async () => {
  await using service = await createService();
  const opening = connect('root\\nowhere', { transport: service.transport() });
  await expect(opening).rejects.toMatchObject({ code: 'WBEM_E_INVALID_NAMESPACE', hresult: 0x8004100e });
});
