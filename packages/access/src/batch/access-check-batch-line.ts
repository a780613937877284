import { ParseError, WmisecError } from '@wmisec/wbem';
import type { AccessResult } from '../check/access-result.ts';
import { checkAccess } from '../check/check-access.ts';
import { readAccessRequest } from './access-request.ts';
import { expected, type JsonObject, objectAt } from './json-input.ts';

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
    id = readId(input);
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

/** Only what prints in bounded space is echoed. */
function readId({ id }: JsonObject): string | number | boolean | null {
  if (id === undefined) return null;
  if (typeof id === 'string' || typeof id === 'number' || typeof id === 'boolean') return id;
  throw expected('a string or a number', id, 'id');
}

function answer(input: JsonObject): AccessResult {
  const { descriptor, token, desired, options } = readAccessRequest(input);
  return checkAccess(descriptor, token, desired, options);
}

function failure(error: unknown): Record<string, unknown> {
  if (error instanceof ParseError) return { code: error.code, at: error.offset, message: error.message };
  if (error instanceof WmisecError) return { code: error.code, message: error.message };
  return { code: 'INTERNAL_ERROR', message: 'the check failed in a way that should not happen' };
}
