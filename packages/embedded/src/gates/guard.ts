import {
  type ConnectArguments,
  connectArguments,
  type DcomState,
  dcomAccess,
  impersonationLevel,
  type NamespaceOperation,
  namespaceExists,
  namespaceRights,
  type PreparedDescriptor,
  type Principal,
  prepareNamespaceDescriptor,
  requirePassed,
  requiresEncryption,
  runGates,
  type WriteTarget,
} from '@wmisec/access';
import { AuthnLevel, type CimClass, foldName, hasQualifier } from '@wmisec/wbem';
import { INHERITING_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import type { NamespaceTree } from '../namespaces/namespace-tree.ts';
import { hasSystemAncestor } from '../schema/namespace-schema.ts';
import type { ServerCall } from '../server/server-call.ts';
import { systemSecurityClass } from '../system-classes/namespace-classes.ts';
import { samePrincipal } from './same-principal.ts';

interface GateState extends DcomState {
  readonly namespaceExists: boolean;
  readonly requiresEncryption: boolean;
  readonly descriptor: PreparedDescriptor;
}

/** A connection is not asked for its impersonation level or encryption: the first call is (docs/rules.md 1.6). */
const CONNECT_GATES = [dcomAccess, connectArguments, namespaceExists, namespaceRights];
const ARRIVAL_GATES = [dcomAccess, namespaceExists, impersonationLevel, requiresEncryption];
const OPEN_GATES = [namespaceExists, namespaceRights];
const CALL_GATES = [...ARRIVAL_GATES, namespaceRights];
const ROWS_GATES = [...ARRIVAL_GATES, samePrincipal];

/** A host in one process has no descriptors of DCOM; it takes no calls that nobody vouches for. */
const DCOM: DcomState = {
  accessDescriptors: [],
  launchDescriptors: [],
  minimumAuthnLevel: AuthnLevel.Connect,
};

/** What a namespace that is not there lets people do. */
const NOBODY = prepareNamespaceDescriptor(INHERITING_DESCRIPTOR);

/** The methods of `__SystemSecurity` that need other rights than a method does, by folded name. */
const SECURITY_METHODS: ReadonlyMap<string, NamespaceOperation> = new Map([
  ['getcalleraccessrights', 'getCallerAccessRights'],
  ['getsd', 'readSecurity'],
  ['setsd', 'writeSecurity'],
]);

/**
 * Runs the gates for a call: the one place where the service decides who may do what. Every method returns
 * when the call may go on, and throws the WbemError of the gate that refused, with its refusal.
 * @see docs/rules.md 0.3
 */
export class Guard {
  readonly #tree: NamespaceTree;

  constructor(tree: NamespaceTree) {
    this.#tree = tree;
  }

  /** Lets a client connect to a namespace. */
  connect({ principal, operation }: ServerCall, namespace: string, given: ConnectArguments): void {
    const request = { ...given, namespace, operation: 'connect' as const, dcom: 'activation' as const };
    requirePassed(runGates(CONNECT_GATES, principal, request, this.#state(namespace)), operation);
  }

  /** Lets a call on one namespace open another. */
  open({ principal, operation }: ServerCall, from: string, namespace: string): void {
    const arrival = { namespace: from, dcom: 'call' as const };
    requirePassed(runGates(ARRIVAL_GATES, principal, arrival, this.#state(from)), operation);
    const request = { namespace, operation: 'openNamespace' as const };
    requirePassed(runGates(OPEN_GATES, principal, request, this.#state(namespace)), operation);
  }

  /** Lets a call do its operation. @param target of a write. */
  admit(
    { principal, operation: called }: ServerCall,
    namespace: string,
    operation: NamespaceOperation,
    target: WriteTarget = 'static',
  ): void {
    const request = { namespace, operation, target, dcom: 'call' as const };
    requirePassed(runGates(CALL_GATES, principal, request, this.#state(namespace)), called);
  }

  /** Lets a call read on from an enumerator. */
  admitRows({ principal, operation }: ServerCall, namespace: string, owner: Principal): void {
    const request = { namespace, owner, dcom: 'call' as const };
    requirePassed(runGates(ROWS_GATES, principal, request, this.#state(namespace)), operation);
  }

  #state(namespace: string): GateState {
    const stored = this.#tree.find(namespace);
    return {
      ...DCOM,
      namespaceExists: stored !== undefined,
      requiresEncryption: stored?.requiresEncryption ?? true,
      descriptor: stored === undefined ? NOBODY : this.#tree.preparedDescriptor(stored),
    };
  }
}

/** What a write to a class or its instances is aimed at. @see docs/rules.md 14 */
export function writeTarget(cls: CimClass): WriteTarget {
  if (hasQualifier(cls, 'dynamic')) return 'dynamic';
  return hasSystemAncestor(cls) ? 'system-derived' : 'static';
}

/** What calling a method needs. */
export function methodOperation({ className }: CimClass, method: string): NamespaceOperation {
  if (className !== systemSecurityClass.className) return 'execMethod';
  return SECURITY_METHODS.get(foldName(method)) ?? 'execMethod';
}
