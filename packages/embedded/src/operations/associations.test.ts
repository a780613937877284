import { type CimObject, defineClass, instanceOf, type WbemServices } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { createService } from '../service/create-service.ts';
import { all, open } from '../testing.ts';

const key = { Id: { type: 'string', key: true } } as const;
const person = defineClass({ name: 'Acme_Person', properties: key });
const door = defineClass({ name: 'Acme_Door', properties: key, qualifiers: { Steel: true } });
const owns = defineClass({
  name: 'Acme_Owns',
  qualifiers: { association: true },
  properties: {
    Owner: { type: 'ref:Acme_Person', key: true },
    Owned: { type: 'ref:Acme_Door', key: true },
  },
});
const knows = defineClass({
  name: 'Acme_Knows',
  qualifiers: { association: true },
  properties: {
    Knower: { type: 'ref:Acme_Person', key: true },
    Known: { type: 'ref:Acme_Person', key: true },
  },
});

let services: WbemServices;

beforeEach(async () => {
  services = await open(await createService({ providers: [] }), 'root\\default');
  for (const cls of [person, door, owns, knows]) await services.putClass(cls);
  for (const Id of ['ann', 'ben']) await services.putInstance(instanceOf(person, { Id }));
  for (const Id of ['front', 'back']) await services.putInstance(instanceOf(door, { Id }));
  const link = (cls: typeof owns, refs: Record<string, string>) =>
    services.putInstance(instanceOf(cls, refs));
  await link(owns, { Owner: 'Acme_Person.Id="ann"', Owned: 'Acme_Door="front"' });
  await link(owns, { Owner: '\\\\.\\root\\default:Acme_Person.Id="ANN"', Owned: 'Acme_Door.Id="back"' });
  await link(owns, { Owner: 'Acme_Person.Id="ann"', Owned: 'Acme_Door.Id="gone"' });
  await link(knows, { Knower: 'Acme_Person.Id="ann"', Known: 'Acme_Person.Id="ben"' });
});

async function paths(query: string): Promise<(string | null)[]> {
  const objects = (await all(services.execQuery(query))) as CimObject[];
  return objects.map((o) => (o.kind === 'class' ? o.className : o.path));
}

const FRONT = 'Acme_Door.Id="front"';
const BACK = 'Acme_Door.Id="back"';
const BEN = 'Acme_Person.Id="ben"';

test('ASSOCIATORS OF gives what the source is associated with; dangling references are left out', async () => {
  expect(await paths('ASSOCIATORS OF {Acme_Person="ann"}')).toEqual([FRONT, BACK, BEN]);
  expect(await paths('ASSOCIATORS OF {Acme_Door.Id="front"}')).toEqual(['Acme_Person.Id="ann"']);
});

test.each([
  ['AssocClass = Acme_Knows', [BEN]],
  ['ResultClass = Acme_Door', [FRONT, BACK]],
  ['Role = Known', []],
  ['ResultRole = Owned', [FRONT, BACK]],
  ['RequiredQualifier = Steel', [FRONT, BACK]],
  ['RequiredAssocQualifier = Steel', []],
  ['ClassDefsOnly', ['Acme_Door', 'Acme_Person']],
])('ASSOCIATORS OF ... WHERE %s', async (filter, expected) => {
  expect(await paths(`ASSOCIATORS OF {Acme_Person="ann"} WHERE ${filter}`)).toEqual(expected);
});

test('REFERENCES OF gives the associations themselves', async () => {
  expect(await paths('REFERENCES OF {Acme_Person="ben"}')).toEqual([
    String.raw`Acme_Knows.Knower="Acme_Person.Id=\"ann\"",Known="Acme_Person.Id=\"ben\""`,
  ]);
  expect(await paths('REFERENCES OF {Acme_Person="ann"} WHERE ResultClass = Acme_Owns')).toHaveLength(3);
});

test('a source that does not exist is refused', async () => {
  await expect(paths('ASSOCIATORS OF {Acme_Person="zoe"}')).rejects.toMatchObject({
    code: 'WBEM_E_NOT_FOUND',
  });
});

test('an association class that cannot be read does not take the others along', async () => {
  const qualifiers = { association: true, dynamic: true, provider: 'Nobody' };
  const properties = { A: { type: 'ref:Acme_Person', key: true } } as const;
  await services.putClass(defineClass({ name: 'Acme_Broken', qualifiers, properties }));
  await using rows = await services.execQuery('ASSOCIATORS OF {Acme_Person="ben"}');
  expect(await rows.next(10)).toMatchObject({
    objects: [{ path: 'Acme_Person.Id="ann"' }],
    status: 0x00040010,
  });
});
