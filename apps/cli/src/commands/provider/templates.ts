/** The module of a small provider: things that everybody with an account may read, and administrators may change. */
export function providerText(name: string): string {
  return `import { classSchema, defineProvider, serve } from '@wmisec/provider';

const thing = classSchema({
  name: 'Acme_${name}',
  description: 'What ${name} is about.',
  properties: {
    Id: { type: 'uint32', key: true, description: 'Its number.' },
    Label: { type: 'string', description: 'What people call it.' },
  },
  methods: {
    Rename: { in: { Label: 'string' }, returns: 'uint32', description: 'Gives it another label.' },
  },
});

const things = new Map([[1, { Id: 1, Label: 'first' }]]);

export default defineProvider({
  name: '${name}',
  // Administrators do everything; every account reads. Without this line administrators alone are served.
  security: 'O:BAG:BAD:(A;;0x53;;;BA)(A;;0x1;;;AU)',
  // Natively a provider learns who calls only when it says so.
  hosting: 'Decoupled:Com:FoldIdentity(FALSE)',
  // Who may register under this name.
  registrants: 'O:BAG:BAD:(A;;0x1;;;BA)',
  classes: [
    serve(thing, {
      enumerate: () => things.values(),
      get: ({ Id }) => things.get(Id) ?? null,
      methods: {
        Rename({ Label }, { keys }) {
          things.set(keys.Id, { Id: keys.Id, Label: Label ?? '' });
          return { ReturnValue: 0 };
        },
      },
    }),
  ],
});
`;
}

/** Its test, which asks it as two people through a service in the process. */
export function testText(name: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '@wmisec/auth';
import { createService } from '@wmisec/embedded';
import provider from './${name.toLowerCase()}.mjs';

const reader = {
  name: 'reader',
  token: { user: 'S-1-5-21-1-2-3-1001', groups: ['S-1-1-0', 'S-1-5-11'] },
  remote: false,
  authnService: 10,
  authnLevel: 6,
  impLevel: 3,
};

async function withServices(options, use) {
  const service = await createService({ providers: [provider], principals: [reader] });
  try {
    const connection = await connect('root\\\\cimv2', { transport: service.transport(options) });
    return await use(connection.services);
  } finally {
    await service[Symbol.asyncDispose]();
  }
}

test('a reader reads', () =>
  withServices({ as: 'reader' }, async (services) => {
    const found = await services.getObject('Acme_${name}=1');
    assert.equal(found.properties.Label, 'first');
  }));

test('a reader changes nothing', () =>
  withServices({ as: 'reader' }, async (services) => {
    await assert.rejects(services.execMethod('Acme_${name}=1', 'Rename', { Label: 'mine' }), {
      code: 'WBEM_E_ACCESS_DENIED',
    });
  }));

test('an administrator changes things', () =>
  withServices({}, async (services) => {
    await services.execMethod('Acme_${name}=1', 'Rename', { Label: 'renamed' });
    const found = await services.getObject('Acme_${name}=1');
    assert.equal(found.properties.Label, 'renamed');
  }));
`;
}
