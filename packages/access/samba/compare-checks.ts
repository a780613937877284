import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { WmisecError } from '@wmisec/wbem';
import { checkAccess } from '../src/check/check-access.ts';
import { encodeSecurityDescriptor } from '../src/descriptor/encode-security-descriptor.ts';
import { formatSddl } from '../src/sddl/format-sddl.ts';
import { type CheckCase, checkCases } from './check-case.ts';
import { type Answer, isSame, predictSamba } from './check-differences.ts';

const PEER = fileURLToPath(new URL('./check_peer.py', import.meta.url));

export interface Comparison {
  readonly agreed: number;
  /** How often each known difference was met. */
  readonly known: ReadonlyMap<string, number>;
  /** Cases that nothing explains, as text. */
  readonly disagreements: readonly string[];
}

/** Makes the same random checks here and with Samba, called from Python. */
export function compareChecks(seed: number, count: number): Comparison {
  const cases = [...checkCases(seed, count)];
  const theirs = askSamba(cases);
  const known = new Map<string, number>();
  const disagreements: string[] = [];
  let agreed = 0;
  cases.forEach((check, i) => {
    const { answer, names } = predictSamba(check, ask);
    if (!isSame(answer, theirs[i]!)) disagreements.push(describeCase(check, ask(check), theirs[i]!));
    else if (isSame(ask(check), answer)) agreed++;
    for (const name of names) known.set(name, (known.get(name) ?? 0) + 1);
  });
  return { agreed, known, disagreements };
}

function ask({ descriptor, sids, privileges, desired }: CheckCase): Answer {
  const [user, ...groups] = sids as [CheckCase['sids'][number]];
  try {
    const { granted, mask } = checkAccess(descriptor, { user, groups, privileges }, desired);
    return { granted, mask };
  } catch (error) {
    if (error instanceof WmisecError) return { code: error.code };
    throw error;
  }
}

function askSamba(cases: readonly CheckCase[]): Answer[] {
  const lines = cases.map(({ descriptor, sids, privileges, desired }) => {
    const hex = Buffer.from(encodeSecurityDescriptor(descriptor)).toString('hex');
    return JSON.stringify({ hex, sids, privileges, desired });
  });
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', [PEER], {
    input: lines.join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`Samba could not be asked: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

function describeCase(
  { descriptor, sids, privileges, desired }: CheckCase,
  ours: Answer,
  theirs: Answer,
): string {
  const token = [...sids, ...privileges].join(' ');
  const asked = `0x${desired.toString(16)}`;
  return `${formatSddl(descriptor)} for ${token}, ${asked}: ${JSON.stringify(ours)}, Samba ${JSON.stringify(theirs)}`;
}
