import { NamespaceRight } from '../namespace/namespace-rights.ts';

const {
  WBEM_ENABLE: ENABLE,
  WBEM_METHOD_EXECUTE: METHOD_EXECUTE,
  WBEM_FULL_WRITE_REP: FULL_WRITE,
  WBEM_PARTIAL_WRITE_REP: PARTIAL_WRITE,
  WBEM_WRITE_PROVIDER: WRITE_PROVIDER,
  WBEM_REMOTE_ACCESS: REMOTE_ACCESS,
  READ_CONTROL,
  WRITE_DAC,
} = NamespaceRight;

/**
 * What a write is aimed at: a class whose objects the repository keeps (`static`), one that a provider serves
 * (`dynamic`), or a static one below a system class (`system-derived`).
 */
export type WriteTarget = 'static' | 'dynamic' | 'system-derived';

type Rights = number | Readonly<Record<WriteTarget, number>>;

const WRITE_CLASS: Rights = {
  static: ENABLE | FULL_WRITE,
  dynamic: ENABLE | WRITE_PROVIDER,
  'system-derived': ENABLE | FULL_WRITE,
};

const WRITE_INSTANCE: Rights = {
  static: ENABLE | PARTIAL_WRITE,
  dynamic: ENABLE | WRITE_PROVIDER,
  'system-derived': ENABLE | FULL_WRITE,
};

/**
 * The rights matrix: what each operation needs of the namespace, WBEM_REMOTE_ACCESS apart.
 * @see docs/rules.md 14, 9.3
 */
const OPERATION_RIGHTS = {
  connect: ENABLE,
  openNamespace: ENABLE,
  getObject: ENABLE,
  createClassEnum: ENABLE,
  createInstanceEnum: ENABLE,
  execQuery: ENABLE,
  execNotificationQuery: ENABLE,
  refresh: ENABLE,
  execMethod: ENABLE | METHOD_EXECUTE,
  putClass: WRITE_CLASS,
  deleteClass: WRITE_CLASS,
  putInstance: WRITE_INSTANCE,
  deleteInstance: WRITE_INSTANCE,
  queryObjectSink: ENABLE | FULL_WRITE,
  // Methods of __SystemSecurity are methods: only GetCallerAccessRights is exempt from METHOD_EXECUTE.
  getCallerAccessRights: ENABLE,
  readSecurity: ENABLE | METHOD_EXECUTE | READ_CONTROL,
  writeSecurity: ENABLE | METHOD_EXECUTE | WRITE_DAC,
} as const satisfies Record<string, Rights>;

/** An operation of the rights matrix, in the idiomatic name of the call. */
export type NamespaceOperation = keyof typeof OPERATION_RIGHTS;

export const NAMESPACE_OPERATIONS = Object.keys(OPERATION_RIGHTS) as readonly NamespaceOperation[];

/**
 * The rights that a caller needs, a mask of `NamespaceRight`.
 * @param target of a write; other operations do not look at it.
 * @param remote adds WBEM_REMOTE_ACCESS, from which local callers are exempt.
 * @see docs/rules.md 14
 */
export function requiredRights(operation: NamespaceOperation, target: WriteTarget, remote: boolean): number {
  const rights: Rights = OPERATION_RIGHTS[operation];
  const needed = typeof rights === 'number' ? rights : rights[target];
  return remote ? needed | REMOTE_ACCESS : needed;
}
