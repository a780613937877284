import { expect, test } from 'vitest';
import { RecordKind } from './lmdb-keys.ts';
import { type LmdbDatabase, LmdbRecords } from './lmdb-records.ts';

const fails = () => {
  throw new Error('MDB_BAD_TXN');
};
const names = ['getBinary', 'getBinaryFast', 'getKeys', 'getRange', 'putSync', 'removeSync'];
const database = Object.fromEntries(names.map((name) => [name, fails])) as unknown as LmdbDatabase;
const records = new LmdbRecords('/store/data.mdb', database);

test.each([
  ['get', () => records.get(RecordKind.Class, 'a')],
  ['list', () => records.list(RecordKind.Class, 'a')],
  ['put', () => records.put(1, RecordKind.Class, 'a')],
  ['delete', () => records.delete(RecordKind.Class, 'a')],
  ['deleteBelow', () => records.deleteBelow(RecordKind.Class, 'a')],
  ['count', () => records.count()],
])('a failure of LMDB in %s is one sentence with a code', (_, use) => {
  expect(use).toThrow(
    expect.objectContaining({
      code: 'STORE_UNAVAILABLE',
      message: 'the store /store/data.mdb cannot be used: MDB_BAD_TXN',
    }),
  );
});
