import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Principal, parseSddl, type Sid } from '@wmisec/access';
import { createService, type EmbeddedService, memoryRepository, REFUSAL_CHANNEL } from '@wmisec/embedded';
import {
  AuthnLevel,
  AuthnService,
  formatHresult,
  ImpLevel,
  WbemError,
  type WbemServices,
} from '@wmisec/wbem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedOutcome, PROCESS_LEVELS, type Situation, type UserFacts } from './levels-oracle.ts';

interface User extends UserFacts {
  readonly sid: Sid;
  readonly groups: readonly Sid[];
}

const [EVERYONE, AUTHENTICATED_USERS] = ['S-1-1-0', 'S-1-5-11'] as const;
const [ADMINISTRATORS, DCOM_USERS] = ['S-1-5-32-544', 'S-1-5-32-562'] as const;
const MONITOR = 'S-1-5-21-1-2-3-1004';

/** docs/rules.md 9.2, and remote enable for one user. */
const SDDL = `O:BAG:BAD:(A;;CCDCLCSWRPWPRCWD;;;BA)(A;;CCDCRP;;;AU)(A;;CCWP;;;${MONITOR})`;

const USERS: readonly User[] = [
  {
    name: 'an administrator',
    sid: 'S-1-5-21-1-2-3-1001',
    groups: [EVERYONE, AUTHENTICATED_USERS, ADMINISTRATORS],
    activatesFromAfar: true,
    rights: 0x6003f,
  },
  {
    name: 'an ordinary user',
    sid: 'S-1-5-21-1-2-3-1002',
    groups: [EVERYONE, AUTHENTICATED_USERS],
    activatesFromAfar: false,
    rights: 0x13,
  },
  {
    name: 'a user of DCOM without rights',
    sid: 'S-1-5-21-1-2-3-1003',
    groups: [EVERYONE, DCOM_USERS],
    activatesFromAfar: true,
    rights: 0,
  },
  {
    name: 'a monitor with remote enable',
    sid: MONITOR,
    groups: [EVERYONE, DCOM_USERS],
    activatesFromAfar: true,
    rights: 0x21,
  },
];

const NAMESPACES = [
  { path: 'root\\plain', requiresEncryption: false },
  { path: 'root\\sealed', requiresEncryption: true },
] as const;
const SERVICES = ['WinNT', 'GssKerberos', 'GssNegotiate'] as const;
const LEVELS = Object.entries(AuthnLevel).flatMap(([authn, authnLevel]) =>
  Object.entries(ImpLevel).map(([imp, impLevel]) => ({ key: `${authn} ${imp}`, authnLevel, impLevel })),
);

const CASES = SERVICES.flatMap((authnService) =>
  [false, true].flatMap((remote) =>
    NAMESPACES.flatMap((namespace) =>
      USERS.map((user) => ({
        title: `${authnService}, ${remote ? 'remote' : 'local'}, ${namespace.path}, ${user.name}`,
        ...{ authnService: AuthnService[authnService], remote, namespace, user },
      })),
    ),
  ),
);

let service: EmbeddedService;
let refusals = 0;
const count = () => {
  refusals++;
};

beforeAll(async () => {
  const repository = memoryRepository();
  service = await createService({ providers: [], repository });
  await repository.transact((writer) => {
    for (const namespace of NAMESPACES) writer.putNamespace({ ...namespace, descriptor: parseSddl(SDDL) });
  });
  subscribe(REFUSAL_CHANNEL, count);
});

afterAll(async () => {
  unsubscribe(REFUSAL_CHANNEL, count);
  await service[Symbol.asyncDispose]();
});

function principalOf({ name, sid, groups }: User, remote: boolean): Principal {
  const levels = { authnService: AuthnService.WinNT, ...PROCESS_LEVELS };
  return { name, token: { user: sid, groups }, remote, ...levels };
}

/** The first step that fails, with its status and its gate, or `rows`. */
async function outcome(path: string, user: User, situation: Situation): Promise<string> {
  let step = 'open';
  try {
    await using services = await open(path, principalOf(user, situation.remote));
    const { authnService, authnLevel, impLevel } = situation;
    const blanket = { authnService, authnLevel, impLevel };
    step = 'setBlanket';
    services.setBlanket(blanket);
    step = 'execQuery';
    await using rows = await services.execQuery('SELECT * FROM meta_class');
    step = 'next';
    rows.setBlanket(blanket);
    return (await rows.next(1)).objects.length === 1 ? 'rows' : 'no rows';
  } catch (error) {
    if (!(error instanceof WbemError)) throw error;
    return [step, formatHresult(error.hresult), error.refusal?.gate ?? ''].join(' ').trimEnd();
  }
}

function open(namespace: string, as: Principal): Promise<WbemServices> {
  const server = as.remote ? 'srv' : null;
  const nothing = { identity: null, authority: null, locale: null, useMaxWait: true };
  return service.transport({ as }).open({ server, namespace, ...nothing });
}

describe('rules 0.3: level x impersonation x service x place x encryption x user', () => {
  test.each(CASES)('$title', async ({ authnService, remote, namespace, user }) => {
    const expected: Record<string, string> = {};
    const found: Record<string, string> = {};
    const before = refusals;
    for (const { key, authnLevel, impLevel } of LEVELS) {
      const { requiresEncryption } = namespace;
      const situation = { user, remote, requiresEncryption, authnService, authnLevel, impLevel };
      expected[key] = expectedOutcome(situation);
      found[key] = await outcome(namespace.path, user, situation);
    }
    expect(found).toEqual(expected);
    const byGates = Object.values(expected).filter((each) => /0x80070005|0x80041003/.test(each));
    expect(refusals - before, 'every refusal of a gate is audited once').toBe(byGates.length);
  });

  test('the matrix has 7 x 5 x 3 x 2 x 2 x 4 cases, and every outcome occurs', () => {
    const outcomes = CASES.flatMap(({ namespace: { requiresEncryption }, ...rest }) =>
      LEVELS.map((levels) => expectedOutcome({ ...rest, ...levels, requiresEncryption })),
    );
    expect(outcomes).toHaveLength(1680);
    expect([...new Set(outcomes)].sort()).toEqual([
      'execQuery 0x80041003 impersonation-level',
      'execQuery 0x80041003 requires-encryption',
      'execQuery 0x80070005 dcom-access',
      'open 0x80041003 namespace-rights',
      'open 0x80070005 dcom-access',
      'rows',
      'setBlanket 0x80070057',
    ]);
  });
});
