import { ParseError, WmisecError } from '@wmisec/wbem';
import type { AccessResult } from '../check/access-result.ts';
import { checkAccess } from '../check/check-access.ts';
import type { CheckOptions } from '../check/prepare-descriptor.ts';
import { decodeSecurityDescriptor } from '../descriptor/decode-security-descriptor.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { NAMESPACE_MAPPING } from '../namespace/namespace-rights.ts';
import { parseSddl } from '../sddl/parse-sddl.ts';
import { parseSid } from '../sid/parse-sid.ts';
import { expected, type JsonObject, listAt, objectAt, text, uint32 } from './json-input.ts';
import { readToken } from './read-token.ts';

/**
 * One line of `wmisec access check --batch`: a check as JSON in, its answer as JSON out. It never throws: what
 * cannot be read or checked is answered with `ok: false` and a code.
 * @param line `{"id","sddl"|"hex","domain"?,"token","desired","mapping"?,"tree"?,"self"?}`
 * @returns `{"id","ok":true,"granted","mask","code"?,"nodes"?}` or `{"id","ok":false,"code","at"?,"message"}`;
 *   masks are unsigned.
 */
export function accessCheckBatchLine(line: string): string {
  let id: unknown = null;
  try {
    const input = parseLine(line);
    id = input.id ?? null;
    return JSON.stringify({ id, ok: true, ...answer(input) });
  } catch (error) {
    return JSON.stringify({ id, ok: false, ...failure(error) });
  }
}

function parseLine(line: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new WmisecError('INVALID_JSON', 'expected one JSON object on the line');
  }
  return objectAt(value, 'the line');
}

function answer(input: JsonObject): AccessResult {
  const desired = uint32(input.desired, 'desired');
  const token = readToken(input.token);
  return checkAccess(readDescriptor(input), token, desired, readOptions(input));
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

function failure(error: unknown): Record<string, unknown> {
  if (error instanceof ParseError) return { code: error.code, at: error.offset, message: error.message };
  if (error instanceof WmisecError) return { code: error.code, message: error.message };
  return { code: 'INTERNAL_ERROR', message: 'the check failed in a way that should not happen' };
}
