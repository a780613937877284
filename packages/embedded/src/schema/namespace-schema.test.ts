import { defineClass } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { INHERITING_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import { memoryRepository } from '../repository/memory-repository.ts';
import { builtInClasses } from './built-in-classes.ts';
import { hasSystemAncestor, NamespaceSchema } from './namespace-schema.ts';

const door = defineClass({ name: 'Acme_Door' });
const fireDoor = defineClass({ name: 'Acme_FireDoor', superclass: door });

async function schemaWith(...stored: (typeof door)[]): Promise<NamespaceSchema> {
  const repository = memoryRepository();
  await repository.transact((writer) => {
    writer.putNamespace({ path: 'root', descriptor: INHERITING_DESCRIPTOR, requiresEncryption: false });
    for (const cls of stored) writer.putClass('root', cls);
  });
  return new NamespaceSchema(builtInClasses([door]), repository, 'root');
}

test("a provider's class hides a stored one of the same name", async () => {
  const stale = defineClass({ name: 'ACME_DOOR', properties: { Old: 'string' } });
  const schema = await schemaWith(stale);
  expect(schema.find('acme_door')).toBe(door);
  expect([...schema.all()].filter(({ className }) => /door/i.test(className))).toEqual([door]);
});

test('stored classes derive from those of providers', async () => {
  const schema = await schemaWith(fireDoor);
  expect(schema.children('ACME_door')).toEqual([fireDoor]);
  expect(schema.descendants('acme_DOOR')).toEqual([fireDoor]);
  expect(schema.isBuiltIn('Acme_FireDoor')).toBe(false);
});

test('a provider brings the parents of its classes', () => {
  expect(() => builtInClasses([fireDoor])).toThrow(
    expect.objectContaining({ code: 'WBEM_E_INVALID_SUPERCLASS' }),
  );
});

test('a system class counts as its own system ancestor', async () => {
  const schema = await schemaWith();
  expect(hasSystemAncestor(schema.get('__EventFilter'))).toBe(true);
  expect(hasSystemAncestor(door)).toBe(false);
});
