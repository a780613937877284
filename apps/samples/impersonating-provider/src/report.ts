import { classSchema, defineProvider, type ProviderCall, serve } from '@wmisec/provider';

const report = classSchema({
  name: 'Acme_Report',
  properties: { Name: { type: 'string', key: true } },
  methods: {
    Total: {
      static: true,
      returns: 'sint32',
      description: 'What the caller may see of the ledger, added up.',
    },
    CarelessTotal: {
      static: true,
      returns: 'sint32',
      description: 'What the provider may see of it: do not do this.',
    },
  },
});

/** Adds up the ledger, as its caller and as itself. */
export const reports = defineProvider({
  name: 'Reports',
  impersonates: true,
  security: 'O:BAG:BAD:(A;;0x3;;;AU)',
  classes: [
    serve(report, {
      methods: {
        Total: async (_params, call) => ({ ReturnValue: await call.caller.impersonate(() => total(call)) }),
        CarelessTotal: async (_params, call) => ({ ReturnValue: await total(call) }),
      },
    }),
  ],
});

async function total(call: ProviderCall): Promise<number> {
  await using services = await call.openServices();
  await using rows = await services.createInstanceEnum('Acme_LedgerEntry');
  let sum = 0;
  for await (const { properties } of rows) sum += Number(properties['Amount']);
  return sum;
}
