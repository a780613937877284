import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkAccess } from '../src/check/check-access.ts';
import { type Ace, AceType } from '../src/descriptor/ace.ts';
import type { Claim, ClaimAttribute } from '../src/descriptor/claim-attribute.ts';
import { encodeSecurityDescriptor } from '../src/descriptor/encode-security-descriptor.ts';
import type { SecurityDescriptor } from '../src/descriptor/security-descriptor.ts';
import { formatSddl } from '../src/sddl/format-sddl.ts';
import type { Token } from '../src/token/token.ts';
import { type ConditionCase, conditionCases } from './condition-case.ts';

const PEER = fileURLToPath(new URL('./condition_peer.py', import.meta.url));

/** Whether an entry that allows and one that denies applied: together they tell true, false and unknown apart. */
type Pair = readonly [allowGranted: boolean, denyGranted: boolean];

/**
 * Evaluates the same random conditions here and with Samba 4.20 or later.
 * @param chroot the root of a system that has python3-samba.
 * @returns the cases that come out differently, as text.
 */
export function compareConditions(chroot: string, seed: number, count: number): string[] {
  const cases = conditionCases(seed, count);
  const theirs = askSamba(chroot, cases);
  return cases.flatMap((each, i) => {
    const [ours, samba] = [ask(each), theirs[i]!];
    const same = ours[0] === samba[0] && ours[1] === samba[1];
    return same ? [] : [`${formatSddl(allowIf(each))}: ${ours}, Samba ${samba}, ${show(each)}`];
  });
}

function ask(each: ConditionCase): Pair {
  const [user, ...groups] = each.sids;
  const claims = each.userClaims.map((claim): [string, Claim] => [claim.name, claim]);
  const token: Token = {
    user: user!,
    groups,
    deviceGroups: each.deviceSids,
    userClaims: Object.fromEntries(claims),
  };
  return [checkAccess(allowIf(each), token, 1).granted, checkAccess(denyIf(each), token, 1).granted];
}

function askSamba(chroot: string, cases: readonly ConditionCase[]): Pair[] {
  const lines = cases.map((each) =>
    JSON.stringify({
      allow: hex(allowIf(each)),
      deny: hex(denyIf(each)),
      claims: hex(descriptor([], each.userClaims)),
      sids: each.sids,
      deviceSids: each.deviceSids,
    }),
  );
  const { status, stdout, stderr } = spawnSync('chroot', [chroot, 'python3', '-c', SCRIPT], {
    input: `${JSON.stringify(readFileSync(PEER, 'utf8'))}\n${lines.join('\n')}`,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`Samba could not be asked: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Pair);
}

/** The peer is outside of the other root: its text goes in first. */
const SCRIPT = 'import json, sys; exec(json.loads(sys.stdin.readline()))';

function allowIf({ condition, resource }: ConditionCase): SecurityDescriptor {
  return descriptor([entry(AceType.AccessAllowedCallback, { condition })], resource);
}

function denyIf({ condition, resource }: ConditionCase): SecurityDescriptor {
  const aces = [entry(AceType.AccessDeniedCallback, { condition }), entry(AceType.AccessAllowed, {})];
  return descriptor(aces, resource);
}

function entry(type: AceType, more: Partial<Ace>): Ace {
  return { type, flags: 0, mask: 1, sid: 'S-1-1-0', ...more };
}

function descriptor(aces: readonly Ace[], attributes: readonly ClaimAttribute[]): SecurityDescriptor {
  const sacl = attributes.map((attribute) => ({
    ...entry(AceType.SystemResourceAttribute, { attribute }),
    mask: 0,
  }));
  return {
    owner: 'S-1-5-18',
    group: 'S-1-5-18',
    dacl: { kind: 'list', aces },
    sacl: { kind: 'list', aces: sacl },
    control: 0,
  };
}

function hex(sd: SecurityDescriptor): string {
  return Buffer.from(encodeSecurityDescriptor(sd)).toString('hex');
}

function show({ sids, deviceSids, userClaims }: ConditionCase): string {
  return `SIDs ${sids}, device ${deviceSids}, user ${formatSddl(descriptor([], userClaims))}`;
}
