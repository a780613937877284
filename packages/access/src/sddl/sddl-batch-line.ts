import { ParseError, WmisecError } from '@wmisec/wbem';
import { decodeSecurityDescriptor } from '../descriptor/decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from '../descriptor/encode-security-descriptor.ts';
import { parseSid } from '../sid/parse-sid.ts';
import { formatSddl } from './format-sddl.ts';
import { parseSddl, type SddlOptions } from './parse-sddl.ts';

type Json = Readonly<Record<string, unknown>>;

const HEX = /^(?:[0-9a-f]{2})*$/i;

/**
 * Answers a line of JSON with a line of JSON, and never throws.
 *
 * - `{"id","sddl","domain"?}` gives `{"id","ok":true,"hex","back"}`: the self-relative bytes, and SDDL of them.
 * - `{"id","hex","domain"?}` gives `{"id","ok":true,"sddl"}`, null when SDDL has no words for it.
 * - `{"id","sid"}` gives `{"id","ok":true,"sid"}` in canonical text.
 *
 * What fails gives `{"id","ok":false,"code","at","message"}`; `at` is an offset, null where there is none.
 */
export function sddlBatchLine(line: string): string {
  let id: unknown = null;
  try {
    const request = parseRequest(line);
    id = request['id'] ?? null;
    return JSON.stringify({ id, ok: true, ...answer(request) });
  } catch (error) {
    return JSON.stringify({ id, ok: false, ...failure(error) });
  }
}

function parseRequest(line: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new WmisecError('INVALID_REQUEST', 'expected a line of JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new WmisecError('INVALID_REQUEST', 'expected an object with "sddl", "hex" or "sid"');
}

function answer({ sddl, hex, sid, domain }: Json): Json {
  const options = domain === undefined ? {} : { domain: parseSid(textOf(domain, 'domain')) };
  if (sddl !== undefined) return fromSddl(textOf(sddl, 'sddl'), options);
  if (hex !== undefined) return { sddl: sddlOrNull(bytesOf(textOf(hex, 'hex')), options) };
  if (sid !== undefined) return { sid: parseSid(textOf(sid, 'sid')) };
  throw new WmisecError('INVALID_REQUEST', 'expected an object with "sddl", "hex" or "sid"');
}

function fromSddl(sddl: string, options: SddlOptions): Json {
  const bytes = encodeSecurityDescriptor(parseSddl(sddl, options));
  const back = formatSddl(decodeSecurityDescriptor(bytes), options);
  return { hex: Buffer.from(bytes).toString('hex'), back };
}

function sddlOrNull(bytes: Uint8Array, options: SddlOptions): string | null {
  const descriptor = decodeSecurityDescriptor(bytes);
  try {
    return formatSddl(descriptor, options);
  } catch (error) {
    if (error instanceof WmisecError && error.code === 'SDDL_INEXPRESSIBLE') return null;
    throw error;
  }
}

function bytesOf(hex: string): Uint8Array {
  if (!HEX.test(hex)) throw new WmisecError('INVALID_REQUEST', 'expected "hex" of pairs of hex digits');
  return Buffer.from(hex, 'hex');
}

function textOf(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new WmisecError('INVALID_REQUEST', `expected "${name}" to be a text`);
}

function failure(error: unknown): Json {
  const at = error instanceof ParseError ? error.offset : null;
  if (error instanceof WmisecError) return { code: error.code, at, message: error.message };
  return { code: 'INTERNAL_ERROR', at, message: 'the line could not be answered' };
}
