import { ParseError, WbemStatus } from '@wmisec/wbem';

/** Where to connect: a namespace of this machine (`server` null) or of another. */
export interface Target {
  readonly server: string | null;
  /** Segments joined by backslashes, `root\cimv2`. */
  readonly namespace: string;
}

const MAX_TARGET = 0x2000;
/** Names, IPv4 and IPv6 addresses; the system is the judge of the rest. */
const SERVER = /^[^\s\p{Cc}"'<>|*?=,;]+$/u;
const SEGMENT = /^[^\s\p{Cc}\\"'=.:*?<>|]+$/u;

/**
 * Reads `root\cimv2`, `\\host\root\cimv2` or `\\.\root\cimv2`; slashes may lean either way.
 * @throws ParseError `WBEM_E_INVALID_PARAMETER` for anything else.
 * @see docs/rules.md 2.2
 */
export function parseTarget(text: string): Target {
  if (text.length > MAX_TARGET) throw badTarget(text, MAX_TARGET, `at most ${MAX_TARGET} characters`);
  const path = text.replaceAll('/', '\\');
  if (!path.startsWith('\\\\')) return { server: null, namespace: checkedNamespace(text, path, 0) };
  const end = path.indexOf('\\', 2);
  if (end <= 2) throw badTarget(text, 2, 'a server name and a namespace, \\\\server\\root\\cimv2');
  const server = path.slice(2, end);
  if (!SERVER.test(server)) throw badTarget(text, 2, 'a server name or an address');
  return {
    server: isThisMachine(server) ? null : server,
    namespace: checkedNamespace(text, path.slice(end + 1), end + 1),
  };
}

function isThisMachine(server: string): boolean {
  return server === '.' || server.toLowerCase() === 'localhost';
}

function checkedNamespace(text: string, namespace: string, offset: number): string {
  let at = offset;
  for (const segment of namespace.split('\\')) {
    if (!SEGMENT.test(segment)) throw badTarget(text, at, 'a namespace such as root\\cimv2');
    at += segment.length + 1;
  }
  return namespace;
}

function badTarget(text: string, offset: number, expected: string): ParseError {
  const got = offset >= text.length ? 'the end' : JSON.stringify(text.slice(offset, offset + 40));
  const details = { offset, expected, got };
  return new ParseError('WBEM_E_INVALID_PARAMETER', 'target', details, {
    hresult: WbemStatus.WBEM_E_INVALID_PARAMETER,
    operation: 'connect',
  });
}
