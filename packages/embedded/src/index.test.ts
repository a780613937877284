import { expect, test } from 'vitest';
import * as embedded from './index.ts';

test('exports these names and no others', () => {
  expect(Object.keys(embedded).sort()).toEqual([
    'LOGON_CHANNEL',
    'REFUSAL_CHANNEL',
    'createService',
    'eventConsumerClass',
    'extrinsicEventClass',
    'lmdbRepository',
    'machineProviders',
    'memoryRepository',
    'openAccounts',
  ]);
});
