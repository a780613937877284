import { expect, test } from 'vitest';
import { defineProvider } from '../define-provider.ts';
import { requestOf, rowsOf } from '../testing.ts';
import { mofSchemas, serveUntyped } from './mof-schemas.ts';

const MOF = `
#pragma namespace("\\\\\\\\.\\\\root\\\\cimv2")
[abstract] class Acme_Thing { [key] uint32 Id; };
[dynamic, provider("Old")] class Acme_Door : Acme_Thing { string Name; [static] uint32 Count(); };
class Acme_DoorOpened : __ExtrinsicEvent { uint32 Door; };
instance of Acme_Door { Id = 1; };
`;

test('classes of MOF are served with their parents, under the name of the provider that does', async () => {
  const { classes } = mofSchemas(MOF);
  const { provider } = defineProvider({
    name: 'Doors',
    classes: [
      serveUntyped(classes['Acme_Door'], {
        enumerate: () => [{ Id: 1, Name: 'front' }],
        methods: { Count: () => ({ ReturnValue: 1 }) },
      }),
    ],
  });
  expect(provider.classes.map(({ className }) => className)).toEqual(['Acme_Thing', 'Acme_Door']);
  expect(provider.classes[1]!.qualifiers.map(({ name, value }) => [name, value])).toEqual([
    ['dynamic', true],
    ['provider', 'Doors'],
  ]);
  expect((await rowsOf(provider, 'Acme_Door')).rows).toEqual([{ Id: 1, Name: 'front' }]);
  const counted = provider.execMethod!('Acme_Door', null, 'Count', {}, requestOf());
  await expect(counted).resolves.toEqual({ returnValue: 1, outParams: {} });
});

test('events are told from classes', () => {
  const { classes, events } = mofSchemas(MOF);
  expect(Object.keys(classes)).toEqual(['Acme_Thing', 'Acme_Door']);
  expect(Object.keys(events)).toEqual(['Acme_DoorOpened']);
  expect(events['Acme_DoorOpened']!.cls.derivation).toContain('__Event');
});

test.each([
  ['class {', 'WBEMMOF_E_EXPECTED_CLASS_NAME'],
  ['class Acme_A : Acme_Nothing {};', 'WBEM_E_INVALID_SUPERCLASS'],
])('text that declares no class is refused: %s', (text, code) => {
  expect(() => mofSchemas(text)).toThrow(expect.objectContaining({ code }));
});

test('a class that is not there cannot be served', () => {
  expect(() => serveUntyped(mofSchemas('').classes['Acme_Door'], {})).toThrow(
    expect.objectContaining({ code: 'WBEM_E_INVALID_CLASS' }),
  );
});
