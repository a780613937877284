import { expect, test } from 'vitest';
import { defineProvider, type ProviderSpec } from '../define-provider.ts';
import { serve } from '../handlers/serve.ts';
import { classSchema } from '../schema/class-schema.ts';
import { eventSchema } from '../schema/event-schema.ts';
import { reviewProvider } from './review-provider.ts';

const door = classSchema({
  name: 'Acme_Door',
  properties: { Id: { type: 'uint32', key: true } },
  methods: { Lock: { privileges: ['SeSecurityPrivilege'] }, Knock: {} },
});
const opened = eventSchema({ name: 'Acme_DoorOpened' });
const FOLDED = 'Decoupled:Com';
const UNFOLDED = 'Decoupled:Com:FoldIdentity(FALSE)';

function review(changes: Partial<ProviderSpec> = {}) {
  return reviewProvider(
    defineProvider({
      name: 'Doors',
      hosting: UNFOLDED,
      classes: [
        serve(door, { get: () => null, put: () => {}, methods: { Lock: () => {}, Knock: () => {} } }),
      ],
      events: { classes: [opened], start: () => {} },
      ...changes,
    }),
  );
}

function found(changes: Partial<ProviderSpec> = {}) {
  return review(changes).findings.map(({ severity, text }) => `${severity}: ${text}`);
}

test('a review says who can read, write, call and subscribe', () => {
  const { accesses, runsAs, impersonates } = review();
  expect(accesses.map(({ subject, operation }) => `${operation} ${subject}`)).toEqual([
    'read Acme_Door',
    'write Acme_Door',
    'call Acme_Door.Lock',
    'call Acme_Door.Knock',
    'subscribe Acme_DoorOpened',
  ]);
  for (const { grants } of accesses)
    expect(grants).toMatchObject([{ effect: 'allow', name: 'Administrators' }]);
  expect(accesses[2]!.privileges).toEqual(['SeSecurityPrivilege']);
  expect([runsAs, impersonates]).toEqual(['the account of its own process', false]);
});

test('what the default of a definition lets do is nothing to look at', () => {
  expect(found()).toEqual([]);
});

test.each([
  [{ security: 'O:BAG:BAD:(A;;0x53;;;WD)' }, /^high: World may write Acme_Door$/],
  [{ security: 'O:BAG:BAD:(A;;0x53;;;WD)' }, /^high: World may call Acme_Door.Knock$/],
  [{ security: 'O:BAG:BAD:(A;;0x53;;;WD)' }, /^medium: World may subscribe Acme_DoorOpened$/],
  [{ security: 'O:BAG:BA' }, /^high: everybody, for there is no DACL may write Acme_Door$/],
  [
    { security: 'O:BAG:BAD:(A;;0x10;;;AU)' },
    /^medium: Authenticated User, which is every account, may write/,
  ],
  [{ security: 'O:BAG:BAD:' }, /^low: nobody may read Acme_Door$/],
  [{ hosting: FOLDED }, /^medium: natively Decoupled:Com hides its callers/],
  [{ hosting: FOLDED, impersonates: true }, /^high: it impersonates, but/],
  [{ security: 'O:BAG:BAD:(A;;0x53;;;WD)' }, /^low: FoldIdentity\(FALSE\) shows it its callers/],
  [{ hosting: 'LocalSystemHost' }, /^medium: it runs as LocalSystem/],
  [
    { registrants: 'O:BAG:BAD:(A;;0x1;;;AU)' },
    /^high: Authenticated User may register a provider in its place$/,
  ],
  [
    { namespaceSecurity: 'O:BAG:BAD:(A;CI;0x60003;;;WD)' },
    /^high: World may change the rights of the namespace$/,
  ],
])('a review finds %o', (changes, finding) => {
  expect(found(changes)).toContainEqual(expect.stringMatching(finding));
});

test('a method that demands a privilege is not open to everybody who may call', () => {
  const lines = found({ security: 'O:BAG:BAD:(A;;0x53;;;WD)' });
  expect(lines.filter((line) => line.includes('Lock'))).toEqual([]);
});

test('the gravest comes first', () => {
  const order = review({ security: 'O:BAG:BAD:(A;;0x53;;;WD)' }).findings.map(({ severity }) => severity);
  expect(order).toEqual(['high', 'high', 'medium', 'medium', 'low']);
});
