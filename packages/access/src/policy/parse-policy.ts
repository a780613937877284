import { WmisecError } from '@wmisec/wbem';
import * as v from 'valibot';
import { LineCounter, parseDocument } from 'yaml';
import { parseNamespaceRights } from '../namespace/rights-words.ts';
import { parseSid } from '../sid/parse-sid.ts';
import type { NamespacePolicy, Policy, PolicyEntry } from './policy.ts';

const Entry = v.strictObject({
  sid: v.pipe(
    v.string(),
    v.startsWith(
      'S-1-',
      'a SID, S-1-...; names are not matched, because they differ by machine and language',
    ),
  ),
  rights: v.pipe(v.array(v.string()), v.minLength(1)),
  appliesTo: v.optional(v.picklist(['this', 'children', 'thisAndChildren']), 'this'),
});

const Namespace = v.strictObject({
  mode: v.optional(v.picklist(['add', 'exact']), 'add'),
  requiresEncryption: v.optional(v.boolean()),
  allow: v.optional(v.array(Entry), []),
  deny: v.optional(v.array(Entry), []),
  revoke: v.optional(v.array(v.string()), []),
});

const PolicyFile = v.strictObject({ namespaces: v.record(v.string(), Namespace) });

/** A policy file larger than this is refused, in UTF-16 units. */
const MAX_POLICY = 1024 * 1024;

/**
 * Reads a policy, YAML or JSON:
 *
 *     namespaces:
 *       root\cimv2:
 *         allow:
 *           - { sid: S-1-5-32-559, rights: [enable, remoteEnable], appliesTo: thisAndChildren }
 *
 * @throws WmisecError `INVALID_POLICY` that says where, what was expected and what came.
 */
export function parsePolicy(text: string): Policy {
  const result = v.safeParse(PolicyFile, readYaml(text));
  if (!result.success) throw invalid(result.issues[0].message, v.getDotPath(result.issues[0]));
  const namespaces = Object.entries(result.output.namespaces).map(([name, rule]) =>
    namespacePolicy(name, rule),
  );
  const twice = namespaces.find(
    ({ namespace }, i) => namespaces.findIndex((other) => sameNamespace(other.namespace, namespace)) !== i,
  );
  if (twice !== undefined) throw invalid(`expected each namespace once, got ${twice.namespace} twice`);
  return { namespaces };
}

function readYaml(text: string): unknown {
  if (text.length > MAX_POLICY)
    throw invalid(`expected at most ${MAX_POLICY} characters, got ${text.length}`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw invalid(`line ${line}, column ${col}: ${error.message}`);
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new WmisecError('INVALID_POLICY', `policy: ${(cause as Error).message}`, { cause });
  }
}

function namespacePolicy(name: string, rule: v.InferOutput<typeof Namespace>): NamespacePolicy {
  const entries = [
    ...rule.deny.map((entry) => policyEntry('deny', entry)),
    ...rule.allow.map((entry) => policyEntry('allow', entry)),
  ];
  const revoke = rule.revoke.map((sid) => parseSid(sid));
  const both = entries.find(({ sid }) => revoke.includes(sid));
  if (both !== undefined)
    throw invalid(`${name}: expected ${both.sid} among the entries or under revoke, got both`);
  return {
    namespace: name.replaceAll('/', '\\'),
    mode: rule.mode,
    entries,
    revoke,
    ...(rule.requiresEncryption !== undefined && { requiresEncryption: rule.requiresEncryption }),
  };
}

function policyEntry(
  effect: PolicyEntry['effect'],
  { sid, rights, appliesTo }: v.InferOutput<typeof Entry>,
): PolicyEntry {
  return { effect, sid: parseSid(sid), mask: parseNamespaceRights(rights), appliesTo };
}

function sameNamespace(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function invalid(what: string, path: string | null = null): WmisecError {
  return new WmisecError('INVALID_POLICY', `policy: ${path === null ? '' : `${path}: `}${what}`);
}
