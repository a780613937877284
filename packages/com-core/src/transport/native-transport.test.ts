import { expect, test } from 'vitest';
import { native } from './native-transport.ts';

test.skipIf(process.platform === 'win32')('off Windows a connection fails when it is made', async () => {
  const request = {
    server: null,
    namespace: 'root\\cimv2',
    identity: null,
    authority: null,
    locale: null,
    useMaxWait: true,
  };
  await expect(native().open(request)).rejects.toMatchObject({ code: 'UNSUPPORTED_PLATFORM' });
});

test.skipIf(process.platform === 'win32')('off Windows there is no Unsecapp', async () => {
  await expect(native().unsecuredApartment?.()).rejects.toMatchObject({ code: 'UNSUPPORTED_PLATFORM' });
});
