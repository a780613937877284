import { connect } from '@wmisec/auth';
import { native } from '@wmisec/com-core';
import { expect, test } from 'vitest';
import { CASES } from '../src/cases.ts';
import { muteBlanket } from './mute-blanket.ts';

const WINE = { transport: muteBlanket(native()), dangerouslyAllowUnproven: true } as const;

test.each(CASES.filter(({ notOn }) => notOn?.native === undefined))(
  'native, tested under Wine: $title',
  async ({ run }) => {
    await using connection = await connect('root\\cimv2', WINE);
    await run(connection);
  },
);

test('native, tested under Wine: an unknown namespace is WBEM_E_INVALID_NAMESPACE', async () => {
  await expect(connect('root\\nowhere', WINE)).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_NAMESPACE',
    hresult: 0x8004100e,
  });
});

test('native, tested under Wine: proxies that report no security, whatever was set, fail closed', async () => {
  await expect(connect('root\\cimv2', { transport: native() })).rejects.toMatchObject({
    code: 'BLANKET_TOO_WEAK',
    message: expect.stringContaining('RPC_C_AUTHN_LEVEL_PKT_PRIVACY'),
  });
});
