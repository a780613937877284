// Access checks beside Samba's, in the same run. Samba's check is C, called from Python with the descriptor and
// the token made beforehand, so each of its calls pays for Python too: a call that does nothing is shown beside it.
import { spawnSync } from 'node:child_process';
import { checkAccess, checkPrepared } from '../src/check/check-access.ts';
import { explainAccess } from '../src/check/explain-access.ts';
import { prepareDescriptor } from '../src/check/prepare-descriptor.ts';
import { prepareToken } from '../src/check/prepare-token.ts';
import { VerdictCache } from '../src/check/verdict-cache.ts';
import { AceType } from '../src/descriptor/ace.ts';
import { decodeSecurityDescriptor } from '../src/descriptor/decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from '../src/descriptor/encode-security-descriptor.ts';
import { ABSENT_ACL, type SecurityDescriptor } from '../src/descriptor/security-descriptor.ts';
import { NAMESPACE_MAPPING } from '../src/namespace/namespace-rights.ts';
import type { Sid } from '../src/sid/sid.ts';
import type { Token } from '../src/token/token.ts';

const SECONDS = 0.5;
const options = { mapping: NAMESPACE_MAPPING };

/** Prints how many checks a second Samba makes, and how many calls Python makes that do nothing. */
const SAMBA = `
import json, sys, time
from samba import NTSTATUSError
from samba.dcerpc import security
from samba.ndr import ndr_unpack
from samba.security import access_check
case = json.load(sys.stdin)
descriptor = ndr_unpack(security.descriptor, bytes.fromhex(case["hex"]))
token = security.token()
token.sids = [security.dom_sid(sid) for sid in case["sids"]]
token.num_sids = len(case["sids"])
desired = case["desired"]
def check():
    try:
        access_check(descriptor, token, desired)
    except NTSTATUSError:
        pass
def nothing():
    pass
def rate(call):
    best = 0
    for _ in range(3):
        start, count = time.perf_counter(), 0
        while time.perf_counter() - start < 0.3:
            for _ in range(1000):
                call()
            count += 1000
        best = max(best, count / (time.perf_counter() - start))
    return best
print(json.dumps({"check": rate(check), "nothing": rate(nothing)}))
`;

interface Scene {
  readonly name: string;
  readonly descriptor: SecurityDescriptor;
  readonly token: Token;
  readonly desired: number;
  readonly granted: boolean;
}

const scenes: readonly Scene[] = [
  {
    name: 'default descriptor of a namespace: 4 ACEs, 8 SIDs, granted',
    descriptor: withAces([
      [0x6003f, 'S-1-5-32-544'],
      [0x13, 'S-1-5-20'],
      [0x13, 'S-1-5-19'],
      [0x13, 'S-1-5-11'],
    ]),
    token: tokenOf(['S-1-1-0', 'S-1-5-11', 'S-1-5-2', 'S-1-5-15', ...sidsFrom(2000, 3)]),
    desired: 0x3,
    granted: true,
  },
  {
    name: '100 ACEs, 100 SIDs, denied',
    descriptor: withAces(sidsFrom(5000, 100).map((sid) => [0x1, sid])),
    token: tokenOf(sidsFrom(2000, 99)),
    desired: 0x1,
    granted: false,
  },
];

for (const { name, descriptor, token, desired, granted } of scenes) {
  const prepared = prepareDescriptor(descriptor, options);
  const caller = prepareToken(token);
  const bytes = encodeSecurityDescriptor(descriptor);
  const samba = askSamba(bytes, token, desired);
  const rows: readonly (readonly [string, () => boolean])[] = [
    ['prepared, seen before', () => checkPrepared(prepared, caller, desired).granted],
    [
      'prepared, first time',
      () => checkPrepared({ ...prepared, verdicts: new VerdictCache() }, caller, desired).granted,
    ],
    [
      'decode and check',
      () =>
        checkPrepared(prepareDescriptor(decodeSecurityDescriptor(bytes), options), caller, desired).granted,
    ],
    ['plain', () => checkAccess(descriptor, token, desired, options).granted],
    ['explained', () => explainAccess(descriptor, token, desired, options).granted],
  ];
  console.log(`\n${name}`);
  for (const [row, check] of rows) {
    if (check() !== granted) throw new Error(`${row}: expected ${granted}`);
    print(row, rateOf(check), samba.check);
  }
  console.log(
    `  ${'Samba, from Python'.padEnd(24)}${million(samba.check)}   (a call that does nothing: ${million(samba.nothing)})`,
  );
}

function withAces(aces: readonly (readonly [mask: number, sid: Sid])[]): SecurityDescriptor {
  const list = aces.map(([mask, sid]) => ({ type: AceType.AccessAllowed, flags: 2, mask, sid }));
  return {
    owner: 'S-1-5-32-544',
    group: 'S-1-5-32-544',
    dacl: { kind: 'list', aces: list },
    sacl: ABSENT_ACL,
    control: 0,
  };
}

function tokenOf(groups: readonly Sid[]): Token {
  return { user: 'S-1-5-21-1-2-3-1000', groups };
}

function sidsFrom(first: number, count: number): Sid[] {
  return Array.from({ length: count }, (_, i): Sid => `S-1-5-21-1-2-3-${first + i}`);
}

/** Checks a second, the best of some rounds. */
function rateOf(check: () => boolean): number {
  let best = 0;
  for (let round = 0; round < 5; round++) best = Math.max(best, roundOf(check));
  return best;
}

function roundOf(check: () => boolean): number {
  const batch = 1000;
  const start = performance.now();
  let [done, grants, elapsed] = [0, 0, 0];
  while (elapsed < SECONDS * 1000) {
    for (let i = 0; i < batch; i++) if (check()) grants++;
    done += batch;
    elapsed = performance.now() - start;
  }
  if (grants !== 0 && grants !== done) throw new Error('a check changed its mind');
  return done / (elapsed / 1000);
}

function print(row: string, rate: number, samba: number): void {
  const ratio = samba === 0 ? '' : `   ${(rate / samba).toFixed(1)} times Samba from Python`;
  console.log(`  ${row.padEnd(24)}${million(rate)}${ratio}`);
}

function million(rate: number): string {
  return rate === 0 ? 'not there' : `${(rate / 1e6).toFixed(2).padStart(7)} million/s`;
}

/** Checks a second; zeros when Samba is not there. */
function askSamba(
  bytes: Uint8Array,
  { user, groups = [] }: Token,
  desired: number,
): { check: number; nothing: number } {
  const input = JSON.stringify({ hex: Buffer.from(bytes).toString('hex'), sids: [user, ...groups], desired });
  const { status, stdout } = spawnSync('/usr/bin/python3', ['-c', SAMBA], {
    input,
    encoding: 'utf8',
  });
  return status === 0 ? (JSON.parse(stdout) as { check: number; nothing: number }) : { check: 0, nothing: 0 };
}
