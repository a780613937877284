import {
  type GateOutcome,
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
import { type CimClass, foldName, hasQualifier } from '@wmisec/wbem';
import { INHERITING_DESCRIPTOR } from '../namespaces/default-namespaces.ts';
import type { NamespaceTree } from '../namespaces/namespace-tree.ts';
import { hasSystemAncestor } from '../schema/namespace-schema.ts';
import type { ServerCall } from '../server/server-call.ts';
import { systemSecurityClass } from '../system-classes/namespace-classes.ts';
import { minimumLevel } from './minimum-level.ts';
import { samePrincipal } from './same-principal.ts';

interface GateState {
  readonly namespaceExists: boolean;
  readonly requiresEncryption: boolean;
  readonly descriptor: PreparedDescriptor;
}

/** The login is not asked for its impersonation level or encryption: the first call is (docs/rules.md 1.6). */
const LOGIN_GATES = [minimumLevel, namespaceExists, namespaceRights];
const ARRIVAL_GATES = [minimumLevel, namespaceExists, impersonationLevel, requiresEncryption];
const CALL_GATES = [...ARRIVAL_GATES, namespaceRights];
const ROWS_GATES = [...ARRIVAL_GATES, samePrincipal];

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
  login({ principal, operation }: ServerCall, namespace: string): void {
    const request = { namespace, operation: 'connect' as const };
    requirePassed(runGates(LOGIN_GATES, principal, request, this.#state(namespace)), operation);
  }

  /** Lets a call in that needs no right on this namespace itself. */
  arrive({ principal, operation }: ServerCall, namespace: string): void {
    requirePassed(runGates(ARRIVAL_GATES, principal, { namespace }, this.#state(namespace)), operation);
  }

  /** Lets a call do its operation. @param target of a write. */
  admit(call: ServerCall, namespace: string, operation: NamespaceOperation, target?: WriteTarget): void {
    requirePassed(this.#judge(call.principal, namespace, operation, target), call.operation);
  }

  /** Whether a caller may do an operation beside the one that it was admitted for. */
  allows({ principal }: ServerCall, namespace: string, operation: NamespaceOperation): boolean {
    return this.#judge(principal, namespace, operation).passed;
  }

  /** Lets a call read on from an enumerator. */
  admitRows({ principal, operation }: ServerCall, namespace: string, owner: Principal): void {
    const request = { namespace, owner };
    requirePassed(runGates(ROWS_GATES, principal, request, this.#state(namespace)), operation);
  }

  #judge(
    principal: Principal,
    namespace: string,
    operation: NamespaceOperation,
    target: WriteTarget = 'static',
  ): GateOutcome {
    return runGates(CALL_GATES, principal, { namespace, operation, target }, this.#state(namespace));
  }

  #state(namespace: string): GateState {
    const stored = this.#tree.find(namespace);
    return {
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
