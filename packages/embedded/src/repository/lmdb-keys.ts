import { createHash } from 'node:crypto';

/** The kinds of records: the first part of a key. */
export const RecordKind = {
  Namespace: 'namespaces',
  Class: 'classes',
  Instance: 'instances',
  Private: 'private',
} as const;

export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];

/**
 * The key of a record. Names are digested: theirs may be longer than LMDB lets a key be, and hold what would
 * separate the parts.
 */
export function recordKey(kind: RecordKind, ...names: readonly string[]): string {
  return [kind, ...names.map(digest)].join('/');
}

/** What the keys of all records below `names` lie between, the end excluded. */
export function keyRange(kind: RecordKind, ...names: readonly string[]): { start: string; end: string } {
  const prefix = recordKey(kind, ...names);
  // The character after "/" in ASCII is "0".
  return { start: `${prefix}/`, end: `${prefix}0` };
}

function digest(name: string): string {
  return createHash('sha256').update(name, 'utf16le').digest('base64url');
}
