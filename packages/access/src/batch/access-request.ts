import type { CheckOptions } from '../check/prepare-descriptor.ts';
import { decodeSecurityDescriptor } from '../descriptor/decode-security-descriptor.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { NAMESPACE_MAPPING } from '../namespace/namespace-rights.ts';
import { parseSddl } from '../sddl/parse-sddl.ts';
import { parseSid } from '../sid/parse-sid.ts';
import type { Token } from '../token/token.ts';
import { expected, type JsonObject, listAt, objectAt, text, uint32 } from './json-input.ts';
import { readToken } from './read-token.ts';

/** The arguments of `checkAccess` and `explainAccess`. */
export interface AccessRequest {
  readonly descriptor: SecurityDescriptor;
  readonly token: Token;
  readonly desired: number;
  readonly options: CheckOptions;
}

/**
 * Reads a check out of JSON: `{"sddl"|"hex","domain"?,"token","desired","mapping"?,"tree"?,"self"?}`.
 * @throws WmisecError `INVALID_ARGUMENT` that says where, what was expected and what came; what `parseSddl`,
 * `decodeSecurityDescriptor` and `parseSid` throw.
 */
export function readAccessRequest(value: unknown): AccessRequest {
  const input = objectAt(value, 'the request');
  const desired = uint32(input.desired, 'desired');
  const token = readToken(input.token);
  return { descriptor: readDescriptor(input), token, desired, options: readOptions(input) };
}

function readDescriptor({ sddl, hex, domain }: JsonObject): SecurityDescriptor {
  if (hex !== undefined) return decodeSecurityDescriptor(readHex(text(hex, 'hex')));
  const options = domain === undefined ? {} : { domain: parseSid(text(domain, 'domain')) };
  return parseSddl(text(sddl, 'sddl'), options);
}

function readHex(hex: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/i.test(hex)) throw expected('pairs of hex digits', hex, 'hex');
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

function readOptions({ mapping, tree, self }: JsonObject): CheckOptions {
  return {
    ...(mapping !== undefined && { mapping: readMapping(mapping) }),
    ...(tree !== undefined && { tree: listAt(tree, 'tree').map(readNode) }),
    ...(self !== undefined && { self: parseSid(text(self, 'self')) }),
  };
}

function readMapping(value: unknown): NonNullable<CheckOptions['mapping']> {
  if (value === 'wmi') return NAMESPACE_MAPPING;
  const masks = listAt(value, 'mapping').map((mask, i) => uint32(mask, `mapping[${i}]`));
  if (masks.length !== 4) throw expected('[read, write, execute, all] or "wmi"', value, 'mapping');
  const [read, write, execute, all] = masks as [number, number, number, number];
  return { read, write, execute, all };
}

function readNode(value: unknown, index: number): readonly [number, string] {
  const [level, type] = listAt(value, `tree[${index}]`);
  return [uint32(level, `tree[${index}][0]`), text(type, `tree[${index}][1]`)];
}
