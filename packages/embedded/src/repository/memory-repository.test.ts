import { defineClass } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { INHERITING_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import { memoryRepository } from './memory-repository.ts';
import type { Repository } from './repository.ts';

const namespace = { path: 'root\\Acme', descriptor: INHERITING_DESCRIPTOR, requiresEncryption: false };
const door = defineClass({ name: 'Acme_Door', properties: { Id: { type: 'string', key: true } } });
const front = { className: 'Acme_Door', key: 'front', properties: { Id: 'front' } };

let repository: Repository;

beforeEach(async () => {
  repository = memoryRepository();
  await repository.transact((writer) => {
    writer.putNamespace(namespace);
    writer.putClass('root\\Acme', door);
    writer.putInstance('ROOT\\ACME', front);
  });
});

test('names are equal in any case', () => {
  expect(repository.getNamespace('ROOT\\acme')).toBe(namespace);
  expect(repository.getClass('root\\ACME', 'acme_door')).toBe(door);
  expect(repository.getInstance('root\\acme', 'ACME_DOOR', 'front')).toBe(front);
  expect([...repository.instances('root\\acme', 'Acme_door')]).toEqual([front]);
});

test('a transaction that fails leaves nothing behind, whatever it had done', async () => {
  const fails = repository.transact((writer) => {
    writer.putNamespace({ ...namespace, requiresEncryption: true });
    writer.putInstance('root\\Acme', { ...front, properties: { Id: 'changed' } });
    writer.putInstance('root\\Acme', { ...front, key: 'back' });
    writer.deleteClass('root\\Acme', 'Acme_Door');
    writer.deleteNamespace('root\\Acme');
    throw new Error('no');
  });
  await expect(fails).rejects.toThrow('no');
  expect(repository.getNamespace('root\\Acme')).toBe(namespace);
  expect(repository.getClass('root\\Acme', 'Acme_Door')).toBe(door);
  expect([...repository.instances('root\\Acme', 'Acme_Door')]).toEqual([front]);
});

test('a transaction reads what it wrote', async () => {
  const found = await repository.transact((writer) => {
    writer.deleteInstance('root\\Acme', 'Acme_Door', 'front');
    return writer.getInstance('root\\Acme', 'Acme_Door', 'front');
  });
  expect(found).toBeUndefined();
});

test('deleting a class or a namespace takes what is in it along', async () => {
  await repository.transact((writer) => writer.deleteClass('root\\Acme', 'Acme_Door'));
  expect([...repository.instances('root\\Acme', 'Acme_Door')]).toEqual([]);
  await repository.transact((writer) => {
    writer.deleteNamespace('root\\Acme');
    writer.putNamespace(namespace);
  });
  expect([...repository.classes('root\\Acme')]).toEqual([]);
});

test('an iteration that began is not disturbed by later writes', async () => {
  const instances = repository.instances('root\\Acme', 'Acme_Door');
  await repository.transact((writer) => writer.putInstance('root\\Acme', { ...front, key: 'back' }));
  expect([...instances]).toEqual([front]);
});
