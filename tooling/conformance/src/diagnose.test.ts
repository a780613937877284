import { type Principal, parseSddl, type Sid } from '@wmisec/access';
import { type DiagnoseRequest, type Diagnosis, diagnose } from '@wmisec/auth';
import {
  createService,
  type EmbeddedService,
  type HostOptions,
  memoryRepository,
  type TransportOptions,
} from '@wmisec/embedded';
import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';
import { describe, expect, test } from 'vitest';

const NS = 'root\\cimv2';
const [EVERYONE, AUTHENTICATED_USERS] = ['S-1-1-0', 'S-1-5-11'] as const;
const [ADMINISTRATORS, DCOM_USERS] = ['S-1-5-32-544', 'S-1-5-32-562'] as const;
const ANN = 'S-1-5-21-1-2-3-1001';

function ann(groups: readonly Sid[] = [], remote = false): Principal {
  return {
    name: 'ann',
    token: { user: ANN, groups: [EVERYONE, AUTHENTICATED_USERS, ...groups] },
    remote,
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.Pkt,
    impLevel: ImpLevel.Impersonate,
  };
}

interface World {
  /** The entries of root\cimv2 itself, as the DACL of an SDDL. */
  readonly dacl?: string;
  readonly requiresEncryption?: boolean;
  readonly host?: HostOptions;
}

async function serviceIn({ dacl, requiresEncryption = false, host }: World): Promise<EmbeddedService> {
  const repository = memoryRepository();
  const service = await createService({ providers: [], repository, host });
  const descriptor = parseSddl(`O:BAG:BAD:${dacl ?? ''}`);
  await repository.transact((writer) => writer.putNamespace({ path: NS, descriptor, requiresEncryption }));
  return service;
}

interface Asking extends TransportOptions, Partial<Omit<DiagnoseRequest, 'transport'>> {}

async function ask(world: World, { as, ...request }: Asking): Promise<Diagnosis> {
  await using service = await serviceIn(world);
  return await diagnose({ target: NS, need: 'execQuery', transport: service.transport({ as }), ...request });
}

interface Case {
  readonly gate: string;
  readonly world?: World;
  readonly asking: Asking;
  readonly missing: readonly string[];
  readonly ace?: { readonly index: number; readonly sddl: string };
  /** What the fix says. */
  readonly fix: RegExp;
  /** The fix applied, to what is asked or to the world. */
  readonly mended: { readonly world?: World; readonly asking?: Asking };
}

const REMOTE = `\\\\srv\\${NS}`;

/** docs/rules.md 0.3, layer by layer. */
const CASES: readonly Case[] = [
  {
    gate: 'transport',
    asking: { target: `\\\\elsewhere\\${NS}` },
    missing: ['a server that answers'],
    fix: /check the name/,
    mended: { asking: { target: NS } },
  },
  {
    gate: 'dcom-access',
    asking: { as: ann([], true), target: REMOTE },
    world: { dacl: '(A;;CCWP;;;AU)' },
    missing: ['COM_RIGHTS_ACTIVATE_REMOTE'],
    fix: /grant COM_RIGHTS_ACTIVATE_REMOTE to ann in the DCOM launch and activation permissions/,
    mended: {
      world: {
        dacl: '(A;;CCWP;;;AU)',
        host: { launchDescriptors: [parseSddl(`O:BAG:BAD:(A;;CCDCLCSWRP;;;${ANN})`)] },
      },
    },
  },
  {
    gate: 'dcom-access',
    asking: { as: ann([], false) },
    world: {
      host: { accessDescriptors: [parseSddl(`O:BAG:BAD:(D;;DC;;;${ANN})(A;;CCDCLC;;;WD)`)] },
    },
    missing: ['COM_RIGHTS_EXECUTE_LOCAL'],
    ace: { index: 0, sddl: `(D;;DC;;;${ANN})` },
    fix: /COM_RIGHTS_EXECUTE_LOCAL to ann in the DCOM access permissions/,
    mended: { world: { host: { accessDescriptors: [parseSddl('O:BAG:BAD:(A;;CCDCLC;;;WD)')] } } },
  },
  {
    gate: 'dcom-access',
    asking: {
      as: ann([DCOM_USERS], true),
      target: REMOTE,
      blanket: { authnLevel: AuthnLevel.Connect },
    },
    world: { dacl: '(A;;CCWP;;;AU)' },
    missing: ['RPC_C_AUTHN_LEVEL_PKT'],
    fix: /raise the authentication level to RPC_C_AUTHN_LEVEL_PKT/,
    mended: { asking: { blanket: { authnLevel: AuthnLevel.Pkt } } },
  },
  {
    gate: 'connect-arguments',
    asking: { authority: 'NTLMDOMAIN:CORP' },
    missing: ['a connection without credentials and authority'],
    fix: /leave them out for this machine/,
    mended: { asking: { authority: undefined } },
  },
  {
    gate: 'namespace-exists',
    asking: { target: 'root\\cimv3' },
    missing: ['namespace root\\cimv3'],
    fix: /check the spelling of root\\cimv3/,
    mended: { asking: { target: NS } },
  },
  {
    gate: 'impersonation-level',
    asking: { as: ann(), blanket: { impLevel: ImpLevel.Identify } },
    missing: ['RPC_C_IMP_LEVEL_IMPERSONATE'],
    fix: /set the impersonation level of the proxy to RPC_C_IMP_LEVEL_IMPERSONATE/,
    mended: { asking: { blanket: { impLevel: ImpLevel.Impersonate } } },
  },
  {
    gate: 'requires-encryption',
    asking: { as: ann(), blanket: { authnLevel: AuthnLevel.PktIntegrity } },
    world: { requiresEncryption: true },
    missing: ['RPC_C_AUTHN_LEVEL_PKT_PRIVACY'],
    fix: /ask for RPC_C_AUTHN_LEVEL_PKT_PRIVACY explicitly/,
    mended: { asking: { blanket: { authnLevel: AuthnLevel.PktPrivacy } } },
  },
  {
    gate: 'namespace-rights',
    asking: { as: ann() },
    world: { dacl: `(D;;CC;;;${ANN})` },
    missing: ['WBEM_ENABLE'],
    ace: { index: 0, sddl: `(D;;CC;;;${ANN})` },
    fix: /remove/,
    mended: { world: {} },
  },
  {
    gate: 'namespace-rights',
    asking: { as: ann([DCOM_USERS], true), target: REMOTE },
    missing: ['WBEM_REMOTE_ACCESS'],
    fix: new RegExp(`grant WBEM_REMOTE_ACCESS to ${ANN} on root.cimv2`),
    mended: { world: { dacl: `(A;;WP;;;${ANN})` } },
  },
  {
    gate: 'namespace-rights',
    asking: { as: ann(), need: 'putClass' },
    missing: ['WBEM_FULL_WRITE_REP'],
    fix: /grant WBEM_FULL_WRITE_REP to the caller on root\\cimv2/,
    mended: { world: { dacl: `(A;;LC;;;${ANN})` } },
  },
  {
    gate: 'namespace-rights',
    asking: { as: ann([ADMINISTRATORS]), token: ann([ADMINISTRATORS]).token, need: 'putClass' },
    world: { dacl: `(D;;LC;;;${ANN})` },
    missing: ['WBEM_FULL_WRITE_REP'],
    ace: { index: 0, sddl: `(D;;LC;;;${ANN})` },
    fix: /remove/,
    mended: { world: {} },
  },
];

describe.each(CASES)(
  'diagnose: $gate lacks $missing',
  ({ gate, world = {}, asking, mended, ...expected }) => {
    test('names the gate, what is missing, the deciding entry and the fix', async () => {
      const diagnosis = await ask(world, asking);
      expect(diagnosis).toMatchObject({
        verdict: 'refused',
        refusal: { gate, missing: expected.missing, ace: expected.ace ?? null },
      });
      expect(diagnosis.refusal!.fix).toMatch(expected.fix);
      expect(diagnosis.steps).toContainEqual(expect.objectContaining({ gate, outcome: 'refused' }));
    });

    test('the fix turns the verdict', async () => {
      const diagnosis = await ask(mended.world ?? world, { ...asking, ...mended.asking });
      expect(diagnosis).toMatchObject({ verdict: 'allowed', refusal: null });
    });
  },
);

test('diagnose: the answer is data, and reads the same after a trip through JSON', async () => {
  const diagnosis = await ask({}, { as: ann(), need: 'putClass' });
  expect(JSON.parse(JSON.stringify(diagnosis))).toEqual(diagnosis);
  expect(diagnosis.facts).toContainEqual({
    name: 'rights',
    value: 'WBEM_ENABLE WBEM_METHOD_EXECUTE WBEM_WRITE_PROVIDER',
    source: '__SystemSecurity.GetCallerAccessRights',
  });
});

test('diagnose: after the first refusal, what could not be learnt is unknown and not made up', async () => {
  const { steps } = await ask(
    { requiresEncryption: true },
    { as: ann(), blanket: { authnLevel: AuthnLevel.PktIntegrity } },
  );
  expect(steps.map(({ gate, outcome }) => [gate, outcome])).toEqual([
    ['connect', 'passed'],
    ['impersonation-level', 'passed'],
    ['requires-encryption', 'refused'],
    ['namespace-rights', 'unknown'],
  ]);
});
