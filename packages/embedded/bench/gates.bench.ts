import { defineClass } from '@wmisec/wbem';
import type { Guard } from '../src/gates/guard.ts';
import { addDefaultNamespaces } from '../src/namespaces/default-namespaces.ts';
import { memoryRepository } from '../src/repository/memory-repository.ts';
import { Server } from '../src/server/server.ts';
import type { ServerCall } from '../src/server/server-call.ts';
import { OWNER } from '../src/service/owner.ts';
import { person } from '../src/testing.ts';

const NS = 'root\\cimv2';
const CALLS = 20_000;
const ROUNDS = 21;
/** Microseconds that gates may add to a call. */
const LIMIT = 5;

const thing = defineClass({
  name: 'Acme_Thing',
  qualifiers: { dynamic: true, provider: 'Things' },
  properties: { Id: { type: 'uint32', key: true } },
  methods: { Touch: { static: true } },
});
const things = {
  name: 'Things',
  classes: [thing],
  execMethod: async () => ({ returnValue: null, outParams: {} }),
};

const repository = memoryRepository();
await addDefaultNamespaces(repository);
const guarded = new Server(repository, [{ provider: things }]);
const open = new Server(repository, [{ provider: things }]);
const letIn = () => {};
const everybody: Partial<Guard> = {
  login: letIn,
  connect: letIn,
  open: letIn,
  admit: letIn,
  admitRows: letIn,
  admitToProvider: letIn,
  hearProvider: letIn,
};
Object.assign(open, { guard: everybody });

/** A member of many groups, as people in a company are. */
const member = person('ann', {
  groups: ['S-1-5-11', ...Array.from({ length: 60 }, (_, i) => `S-1-5-21-9-9-9-${2000 + i}` as const)],
});

for (const [who, principal] of [
  ['the owner', OWNER],
  ['a member of 60 groups', member],
] as const) {
  await compare(`getObject as ${who}`, principal, (namespace, call) =>
    namespace.getObject(call, 'Acme_Thing'),
  );
  await compare(`execMethod as ${who}`, principal, (namespace, call) =>
    namespace.execMethod(call, 'Acme_Thing', 'Touch', {}),
  );
}

type NamespaceServer = ReturnType<Server['connect']>;

/** The same call with and without its gates, in turns, so that both meet the same weather. */
async function compare(
  name: string,
  principal: ServerCall['principal'],
  run: (namespace: NamespaceServer, call: ServerCall) => Promise<unknown>,
): Promise<void> {
  const call = { operation: 'bench', principal, signal: new AbortController().signal, context: {} };
  const nothing = { user: null, hasPassword: false, authority: null, locale: null, flags: 0 };
  const [withGates, without] = [guarded, open].map((server) => server.connect(call, NS, nothing));
  const differences: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await time(() => run(without!, freshly(call)));
    const gated = await time(() => run(withGates!, freshly(call)));
    differences.push(gated - bare);
    ratios.push(gated / bare);
  }
  const added = median(differences);
  console.log(
    `${name}: gates add ${added.toFixed(2)} microseconds (${median(ratios).toFixed(2)} times the call without them)`,
  );
  if (added >= LIMIT) {
    console.log(`that is more than ${LIMIT} microseconds`);
    process.exitCode = 1;
  }
}

/** As a proxy makes it: a principal of its own for each call, with the token of the client. */
function freshly(call: ServerCall): ServerCall {
  return { ...call, principal: { ...call.principal } };
}

/** Microseconds per call. */
async function time(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < CALLS; i++) await run();
  return ((performance.now() - start) / CALLS) * 1000;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}
