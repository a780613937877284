// Reading and writing descriptors beside Samba's, in the same run. Samba's code is C, called from Python, so each
// of its calls pays for Python too: a call that does nothing is shown beside it. Both are measured in processor
// time, so that other work on the machine does not count.
import { spawnSync } from 'node:child_process';
import {
  checkAccess,
  decodeSecurityDescriptor,
  encodeSecurityDescriptor,
  formatSddl,
  NAMESPACE_MAPPING,
  parseSddl,
  WellKnownSid,
} from '../src/index.ts';

const WARM_UP = 50_000;
const CALLS = 50_000;
const ROUNDS = 20;

const SDDL = 'O:BAG:BAD:(A;CI;CCDCLCSWRPWPRCWD;;;BA)(A;CI;CCDCRP;;;NS)(A;CI;CCDCRP;;;LS)(A;CI;CCDCRP;;;AU)';

/** Prints how many calls a second Samba makes, and how many Python makes that do nothing. */
const SAMBA = `
import json, sys, time
from samba.dcerpc import security
from samba.ndr import ndr_pack, ndr_unpack
sddl, domain = sys.argv[1], security.dom_sid("S-1-5-21-1-2-3")
descriptor = security.descriptor.from_sddl(sddl, domain)
packed = ndr_pack(descriptor)
def rate(call):
    best = 0
    for _ in range(3):
        start, count = time.process_time(), 0
        while time.process_time() - start < 0.3:
            for _ in range(1000):
                call()
            count += 1000
        best = max(best, count / (time.process_time() - start))
    return best
print(json.dumps({
    "parse": rate(lambda: security.descriptor.from_sddl(sddl, domain)),
    "format": rate(lambda: descriptor.as_sddl(domain)),
    "decode": rate(lambda: ndr_unpack(security.descriptor, packed)),
    "encode": rate(lambda: ndr_pack(descriptor)),
    "nothing": rate(lambda: None),
}))
`;

const descriptor = parseSddl(SDDL);
const bytes = encodeSecurityDescriptor(descriptor);
const token = { user: WellKnownSid.LocalService, groups: [WellKnownSid.AuthenticatedUser] };
let sink: unknown;

const ours = {
  parse: rate(() => {
    sink = parseSddl(SDDL);
  }),
  format: rate(() => {
    sink = formatSddl(descriptor);
  }),
  decode: rate(() => {
    sink = decodeSecurityDescriptor(bytes);
  }),
  encode: rate(() => {
    sink = encodeSecurityDescriptor(descriptor);
  }),
  'decode + check': rate(() => {
    sink = checkAccess(decodeSecurityDescriptor(bytes), token, 1, { mapping: NAMESPACE_MAPPING });
  }),
};

const theirs = askSamba();
console.log(
  `the default WMI namespace descriptor: 4 ACEs, ${SDDL.length} characters, ${bytes.length} bytes\n`,
);
for (const [name, perSecond] of Object.entries(ours)) console.log(row(name, perSecond, theirs?.[name]));
if (theirs === undefined) console.log('\npython3-samba is missing: nothing to compare with');
else console.log(`\nSamba was called from Python, which makes ${millions(theirs['nothing']!)} empty calls`);
if (sink === undefined) throw new Error('nothing was made');

function row(name: string, perSecond: number, samba: number | undefined): string {
  const ratio =
    samba === undefined ? '' : `${(perSecond / samba).toFixed(1)} times Samba's ${millions(samba)}`;
  return `${name.padEnd(15)} ${millions(perSecond)}  ${ratio}`;
}

function millions(perSecond: number): string {
  return `${(perSecond / 1e6).toFixed(2).padStart(6)} M/s`;
}

/** The best of some rounds, in calls a second of processor time. */
function rate(call: () => void): number {
  for (let i = 0; i < WARM_UP; i++) call();
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    for (let i = 0; i < CALLS; i++) call();
    const { user, system } = process.cpuUsage(start);
    best = Math.max(best, (CALLS / (user + system)) * 1e6);
  }
  return best;
}

function askSamba(): Record<string, number> | undefined {
  const { status, stdout } = spawnSync('/usr/bin/python3', ['-c', SAMBA, SDDL], { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Record<string, number>) : undefined;
}
