import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { WmisecError } from '@wmisec/wbem';
import { decodeSecurityDescriptor } from '../src/descriptor/decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from '../src/descriptor/encode-security-descriptor.ts';
import type { SecurityDescriptor } from '../src/descriptor/security-descriptor.ts';
import { formatSddl } from '../src/sddl/format-sddl.ts';
import { parseSddl } from '../src/sddl/parse-sddl.ts';
import { DOMAIN, type SddlCase, sddlCases } from './sddl-cases.ts';
import type { DamageDifference, SddlDifference } from './sddl-differences.ts';

const PEER = fileURLToPath(new URL('./sddl_peer.py', import.meta.url));
const PYTHON = '/usr/bin/python3';

/** Two ACLs of nothing but flags, which Samba reads in no order. */
const TWO_BARE_ACLS = /D:[PAIR]+S:[PAIR]+$/;

/** A descriptor, null for a text that is refused, or a word for bytes that are none. */
type Reading = SecurityDescriptor | null | 'malformed';

export interface SddlComparison {
  readonly agreed: number;
  /** How often each known difference was met. */
  readonly known: ReadonlyMap<SddlDifference | DamageDifference, number>;
  /** Texts that nothing explains, with both readings. */
  readonly disagreements: readonly string[];
}

export function hasSamba(): boolean {
  return spawnSync(PYTHON, ['-c', 'import samba.ndr, samba.dcerpc.security']).status === 0;
}

/**
 * Reads the same random SDDL here and with Samba, called from Python, and compares what it says; then lets Samba
 * read the bytes that are written here, and write them again.
 */
export function compareSddl(seed: number, count: number): SddlComparison {
  const cases = sddlCases(seed, count);
  const ours = cases.map(({ windows }) => read(windows));
  const theirs = askSamba(cases.map(({ samba }) => ({ sddl: samba })));
  const rewritten = askSamba(ours.map((each) => ({ hex: each === null ? '' : hexOf(each) })));
  const known = new Map<SddlDifference | DamageDifference, number>();
  const disagreements: string[] = [];
  let agreed = 0;
  cases.forEach((each, i) => {
    const met = explain(each, ours[i]!, theirs[i]!);
    const isRewritten = ours[i] === null || isDeepStrictEqual(ours[i], rewritten[i]);
    if (met === null || !isRewritten) disagreements.push(describeCase(each, ours[i]!, theirs[i]!));
    else if (met.length === 0) agreed++;
    for (const name of met ?? []) known.set(name, (known.get(name) ?? 0) + 1);
  });
  return { agreed, known, disagreements };
}

/** The known differences that a case shows; null when it is not explained. */
function explain(
  { differences, damaged, windows }: SddlCase,
  ours: SecurityDescriptor | null,
  theirs: Reading,
): (SddlDifference | DamageDifference)[] | null {
  if (isDeepStrictEqual(ours, theirs)) return [...differences];
  if (TWO_BARE_ACLS.test(windows)) return ['flags in front of no entries'];
  if (!damaged) return null;
  if (ours === null) return ['read in part'];
  return isOtherSpelling(windows) ? ['another spelling'] : null;
}

/** A mask that lost its `x`, a word that became one for files or keys, an object ACE that lost its GUID. */
function isOtherSpelling(text: string): boolean {
  return /;[0-9]+;|;[A-Z]*(?:F[ARWX]|K[ARWX]|N[RWX])[A-Z]*;|\(OA;[^;]*;[^;]*;;;|CR[A-Z]*;|[DS]:[PAIR]+[OGDS]:/.test(
    text,
  );
}

function read(text: string): SecurityDescriptor | null {
  try {
    return parseSddl(text, { domain: DOMAIN });
  } catch (error) {
    if (error instanceof WmisecError) return null;
    throw error;
  }
}

function hexOf(descriptor: SecurityDescriptor): string {
  return Buffer.from(encodeSecurityDescriptor(descriptor)).toString('hex');
}

/** What Samba reads, as decoded here from the bytes that it writes. */
function askSamba(questions: readonly object[]): Reading[] {
  const { status, stdout, stderr } = spawnSync(PYTHON, [PEER], {
    input: questions.map((question) => JSON.stringify({ ...question, domain: DOMAIN })).join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
  });
  if (status !== 0) throw new Error(`Samba could not be asked: ${stderr}`);
  const answers = stdout.trimEnd().split('\n');
  return answers.map((line) => {
    const { hex } = JSON.parse(line) as { hex?: string };
    return hex === undefined ? null : decode(hex);
  });
}

function decode(hex: string): Reading {
  try {
    return decodeSecurityDescriptor(Buffer.from(hex, 'hex'));
  } catch (error) {
    if (error instanceof WmisecError) return 'malformed';
    throw error;
  }
}

function describeCase(
  { windows, samba }: SddlCase,
  ours: SecurityDescriptor | null,
  theirs: Reading,
): string {
  const text = (each: Reading) => {
    if (each === 'malformed') return each;
    return each === null ? 'refused' : formatSddl(each, { domain: DOMAIN });
  };
  return `${windows} is ${text(ours)}; to Samba ${samba} is ${text(theirs)}`;
}
