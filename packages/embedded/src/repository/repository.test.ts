import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type CimInstance,
  defineClass,
  instanceOf,
  type PropertyBag,
  parseDateTime,
  qualifier,
} from '@wmisec/wbem';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { INHERITING_DESCRIPTOR, ROOT_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import { lmdbRepository } from './lmdb-repository.ts';
import { memoryRepository } from './memory-repository.ts';
import type { Repository } from './repository.ts';

const namespace = { path: 'root\\Acme', descriptor: INHERITING_DESCRIPTOR, requiresEncryption: false };
const door = defineClass({
  name: 'Acme_Door',
  qualifiers: { Description: 'a door', Sizes: [1, 2], Weight: 1.5 },
  properties: { Id: { type: 'string', key: true }, Height: { type: 'real64', value: 2.5 } },
  methods: { Shut: { in: { Softly: 'boolean' }, returns: 'uint32' } },
});
const front = { className: 'Acme_Door', key: 'front', properties: { Id: 'front' } };

const directory = join(mkdtempSync(join(tmpdir(), 'wmisec-')), 'store');
afterAll(() => rmSync(dirname(directory), { recursive: true }));

const kinds = [
  ['in memory', memoryRepository],
  ['on disk', () => lmdbRepository({ directory })],
] as const;

describe.each(kinds)('a repository %s', (_, open) => {
  let repository: Repository;

  beforeEach(async () => {
    rmSync(directory, { recursive: true, force: true });
    repository = await open();
    await repository.transact((writer) => {
      writer.putNamespace(namespace);
      writer.putClass('root\\Acme', door);
      writer.putInstance('ROOT\\ACME', front);
    });
  });

  afterEach(() => repository[Symbol.asyncDispose]());

  const keys = () => Array.from(repository.instances('root\\Acme', 'Acme_Door'), ({ key }) => key);
  const putKey = (key: string) =>
    repository.transact((writer) => writer.putInstance('root\\Acme', { ...front, key }));

  test('names are equal in any case', () => {
    expect(repository.getNamespace('ROOT\\acme')).toEqual(namespace);
    expect(repository.getClass('root\\ACME', 'acme_door')).toEqual(door);
    expect(repository.getInstance('root\\acme', 'ACME_DOOR', 'front')).toEqual(front);
    expect([...repository.instances('root\\acme', 'Acme_door')]).toEqual([front]);
  });

  test('the same record is the same object until something is written', () => {
    expect(repository.getNamespace('ROOT\\acme')).toBe(repository.getNamespace('root\\Acme'));
    expect(repository.getClass('root\\Acme', 'Acme_Door')).toBe(
      repository.getClass('root\\acme', 'acme_door'),
    );
  });

  test('a transaction that fails leaves nothing behind, whatever it had done', async () => {
    const fails = repository.transact((writer) => {
      writer.putNamespace({ ...namespace, requiresEncryption: true });
      writer.putInstance('root\\Acme', { ...front, properties: { Id: 'changed' } });
      writer.putInstance('root\\Acme', { ...front, key: 'back' });
      writer.putPrivateRecord('secrets', 'x', 1);
      writer.deleteClass('root\\Acme', 'Acme_Door');
      writer.deleteNamespace('root\\Acme');
      throw new Error('no');
    });
    await expect(fails).rejects.toThrow('no');
    expect(repository.getNamespace('root\\Acme')).toEqual(namespace);
    expect(repository.getClass('root\\Acme', 'Acme_Door')).toEqual(door);
    expect([...repository.instances('root\\Acme', 'Acme_Door')]).toEqual([front]);
    expect(repository.getPrivateRecord('secrets', 'x')).toBeUndefined();
  });

  test('a transaction reads what it wrote', async () => {
    const found = await repository.transact((writer) => {
      writer.deleteInstance('root\\Acme', 'Acme_Door', 'front');
      writer.putClass('root\\Acme', { ...door, className: 'Acme_Gate' });
      return [
        writer.getInstance('root\\Acme', 'Acme_Door', 'front'),
        writer.getClass('root\\Acme', 'Acme_Gate')?.className,
      ];
    });
    expect(found).toEqual([undefined, 'Acme_Gate']);
  });

  test('deleting a class or a namespace takes what is in it along', async () => {
    await repository.transact((writer) => writer.deleteClass('root\\Acme', 'Acme_Door'));
    expect(keys()).toEqual([]);
    await putKey('left');
    await repository.transact((writer) => {
      writer.deleteNamespace('root\\Acme');
      writer.putNamespace(namespace);
    });
    expect([...repository.classes('root\\Acme')]).toEqual([]);
    expect(keys()).toEqual([]);
  });

  test('a namespace and those beside and below it are kept apart', async () => {
    await repository.transact((writer) => {
      for (const path of ['root\\Acme2', 'root\\Acme\\Sub']) {
        writer.putNamespace({ ...namespace, path });
        writer.putInstance(path, front);
      }
      writer.deleteNamespace('root\\Acme');
    });
    expect([...repository.namespaces()].map(({ path }) => path)).toEqual(['root\\Acme2', 'root\\Acme\\Sub']);
    expect(repository.getInstance('root\\Acme2', 'Acme_Door', 'front')).toEqual(front);
    expect(repository.getInstance('root\\Acme\\Sub', 'Acme_Door', 'front')).toEqual(front);
  });

  test('instances come in the order of their creation', async () => {
    for (const key of ['z', 'a', 'm', 'front']) await putKey(key);
    expect(keys()).toEqual(['front', 'z', 'a', 'm']);
    await repository.transact((writer) => writer.deleteInstance('root\\Acme', 'Acme_Door', 'front'));
    await putKey('front');
    expect(keys()).toEqual(['z', 'a', 'm', 'front']);
  });

  test('an iteration that began is not disturbed by later writes', async () => {
    const instances = repository.instances('root\\Acme', 'Acme_Door');
    await putKey('back');
    expect([...instances]).toEqual([front]);
  });

  test('values of all types come back as they were', async () => {
    const leaf = instanceOf(door, { Id: 'leaf' });
    const embedded: CimInstance = {
      ...instanceOf(door, { Id: 'embedded' }),
      qualifiers: [qualifier('Checked')],
    };
    const properties: PropertyBag = {
      Big: 18446744073709551615n,
      Small: -9223372036854775808n,
      When: parseDateTime('20260101120000.123***+060'),
      Long: parseDateTime('00000001120000.000000:000'),
      Reals: [Number.NaN, Number.NEGATIVE_INFINITY, -0, 1.5],
      Text: 'lone \ud800 and \u0000',
      Object: embedded,
      List: [leaf, null, leaf],
      Class: door,
      Nothing: null,
    };
    await repository.transact((writer) => {
      writer.putInstance('root\\Acme', { ...front, properties });
      writer.putNamespace({ ...namespace, descriptor: ROOT_DESCRIPTOR });
    });
    expect(repository.getInstance('root\\Acme', 'Acme_Door', 'front')?.properties).toStrictEqual(properties);
    expect(repository.getNamespace('root\\Acme')?.descriptor).toStrictEqual(ROOT_DESCRIPTOR);
    expect(repository.getClass('root\\Acme', 'Acme_Door')).toStrictEqual(door);
  });

  test('any text is a key of its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.string({ unit: 'binary' }), { maxLength: 5 }), async (texts) => {
        await repository.transact((writer) => {
          for (const key of texts) writer.putInstance('root\\Acme', { ...front, key });
        });
        for (const key of texts)
          expect(repository.getInstance('root\\Acme', 'Acme_Door', key)?.key).toBe(key);
        await repository.transact((writer) => {
          for (const key of texts) writer.deleteInstance('root\\Acme', 'Acme_Door', key);
        });
      }),
      { numRuns: 50 },
    );
  });

  test('names may be as long as WMI lets them be', async () => {
    const path = `root\\${'n'.repeat(8000)}`;
    const className = 'C'.repeat(4096);
    await repository.transact((writer) => {
      writer.putNamespace({ ...namespace, path });
      writer.putInstance(path, { className, key: 'k'.repeat(8192), properties: {} });
    });
    expect([...repository.instances(path, className)]).toHaveLength(1);
  });

  test('private records are apart from namespaces and from one another', async () => {
    await repository.transact((writer) => {
      writer.putPrivateRecord('a', 'one', { secret: 1n });
      writer.putPrivateRecord('b', 'one', 2);
      writer.putPrivateRecord('a', 'ONE', 3);
      writer.deleteNamespace('root\\Acme');
    });
    expect([...repository.privateRecords('a')]).toEqual([{ secret: 1n }, 3]);
    await repository.transact((writer) => writer.deletePrivateRecord('a', 'one'));
    expect([...repository.privateRecords('a')]).toEqual([3]);
    expect(repository.getPrivateRecord('b', 'one')).toBe(2);
  });
});
