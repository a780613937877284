import { classSchema, defineProvider, serve } from '@wmisec/provider';

const entry = classSchema({
  name: 'Acme_LedgerEntry',
  properties: { Id: { type: 'uint32', key: true }, Amount: 'sint32' },
});

/** Salaries are for administrators; the rest is for everybody with an account, and for the services of the machine. */
const OPEN = 'O:BAG:BAD:(A;;0x1;;;AU)';
const SALARIES = 'O:BAG:BAD:(A;;0x1;;;BA)(A;;0x1;;;NS)';
const ENTRIES = [
  { Id: 1, Amount: 100, readers: OPEN },
  { Id: 2, Amount: 20, readers: OPEN },
  { Id: 3, Amount: 4000, readers: SALARIES },
];

/** Another provider, which knows nothing of the report. NETWORK SERVICE, as which providers run, may read all of it. */
export const ledger = defineProvider({
  name: 'Ledger',
  security: OPEN,
  classes: [
    serve(entry, {
      *enumerate(call) {
        for (const { readers, ...row } of ENTRIES)
          if (call.admits({ descriptor: readers, desired: 0x1 })) yield row;
      },
    }),
  ],
});
