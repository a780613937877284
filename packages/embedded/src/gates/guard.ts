import {
  type ConnectArguments,
  connectArguments,
  dcomAccess,
  decoupledRegistration,
  type Gate,
  impersonationLevel,
  type NamespaceOperation,
  namespaceExists,
  namespaceRights,
  type Principal,
  type PrivilegeName,
  type ProviderRequest,
  providerAccess,
  requirePassed,
  requiresEncryption,
  runGates,
  type WriteTarget,
} from '@wmisec/access';
import { type CimClass, foldName, hasQualifier, type Refusal, WbemError } from '@wmisec/wbem';
import { Audit } from '../audit/audit.ts';
import { errorRefusal } from '../audit/error-refusal.ts';
import type { NamespaceTree } from '../namespaces/namespace-tree.ts';
import { hasSystemAncestor } from '../schema/namespace-schema.ts';
import type { ServerCall } from '../server/server-call.ts';
import { systemSecurityClass } from '../system-classes/namespace-classes.ts';
import { NamespaceState } from './namespace-state.ts';
import { samePrincipal } from './same-principal.ts';
import { type ServerHost, serverHost } from './server-host.ts';

export interface GuardOptions {
  /** Default: one with the settings of Windows. */
  readonly host?: ServerHost;
  /** Who is told of refusals. Default: the subscribers of the channel. */
  readonly audit?: Audit;
}

/** A connection is not asked for its impersonation level or encryption: the first call is (docs/rules.md 1.6). */
const LOGIN_GATES = [dcomAccess, connectArguments];
const ARRIVAL_GATES = [dcomAccess, namespaceExists, impersonationLevel, requiresEncryption];
const OPEN_GATES = [namespaceExists, namespaceRights];
const CALL_GATES = [...ARRIVAL_GATES, namespaceRights];
const ROWS_GATES = [...CALL_GATES, samePrincipal];

/** The service knows what a provider's classes say, and of no descriptor that a provider guards itself with. */
const PROVIDER_GATES: readonly Gate<ProviderRequest & { readonly namespace: string }, NamespaceState>[] = [
  (principal, request) => providerAccess(principal, request, {}),
];

interface RegistrationRequest {
  readonly namespace: string;
  /** `__Win32Provider.SecurityDescriptor`. */
  readonly securityDescriptor: string | null;
}

const REGISTRATION_GATES: readonly Gate<RegistrationRequest, NamespaceState>[] = [
  (principal, request) => decoupledRegistration(principal, request, request),
];

/** The methods of `__SystemSecurity` that need other rights than a method does, by folded name. */
const SECURITY_METHODS: ReadonlyMap<string, NamespaceOperation> = new Map([
  ['getcalleraccessrights', 'getCallerAccessRights'],
  ['getsd', 'readSecurity'],
  ['setsd', 'writeSecurity'],
]);

/**
 * Runs the gates for a call: the one place where the service decides who may do what. Every method returns
 * when the call may go on, and throws the WbemError of the gate that refused, with its refusal, once it is audited.
 * @see docs/rules.md 0.3
 */
export class Guard {
  readonly host: ServerHost;
  readonly #tree: NamespaceTree;
  readonly #audit: Audit;
  /** What is audited already, and of which call. */
  readonly #judged = new WeakMap<Refusal, ServerCall>();

  constructor(tree: NamespaceTree, { host = serverHost(), audit = new Audit() }: GuardOptions = {}) {
    this.host = host;
    this.#tree = tree;
    this.#audit = audit;
  }

  /** Looks at the arguments of a connection alone, for who has yet to log on. */
  takeArguments(call: ServerCall, namespace: string, given: ConnectArguments): void {
    this.#judge([connectArguments], call, { ...given, namespace });
  }

  /** Lets a client ask for a connection; to which namespace, `connect` judges. */
  login(call: ServerCall, namespace: string, given: ConnectArguments): void {
    this.#judge(LOGIN_GATES, call, { ...given, namespace, dcom: 'activation' as const });
  }

  /** Lets a client connect to a namespace. */
  connect(call: ServerCall, namespace: string): void {
    this.#judge(OPEN_GATES, call, { namespace, operation: 'connect' as const });
  }

  /** Lets a call on one namespace open another. */
  open(call: ServerCall, from: string, namespace: string): void {
    this.arrive(call, from);
    this.#judge(OPEN_GATES, call, { namespace, operation: 'openNamespace' as const });
  }

  /** Lets a call in that needs no right of the namespace. */
  arrive(call: ServerCall, namespace: string): void {
    this.#judge(ARRIVAL_GATES, call, { namespace, dcom: 'call' as const });
  }

  /** Lets a call do its operation. @param target of a write. */
  admit(
    call: ServerCall,
    namespace: string,
    operation: NamespaceOperation,
    target: WriteTarget = 'static',
  ): void {
    this.#judge(CALL_GATES, call, { namespace, operation, target, dcom: 'call' as const });
  }

  /** Lets a call read on from an enumerator: it needs what asking for the rows needed, still. */
  admitRows(call: ServerCall, namespace: string, owner: Principal): void {
    const request = { namespace, owner, operation: 'execQuery' as const, dcom: 'call' as const };
    this.#judge(ROWS_GATES, call, request);
  }

  /** Lets a call on to a provider whose classes demand privileges. */
  admitToProvider(call: ServerCall, namespace: string, privileges: readonly PrivilegeName[]): void {
    if (privileges.length > 0) this.#judge(PROVIDER_GATES, call, { namespace, privileges });
  }

  /**
   * Lets a call register a decoupled provider.
   * @param raisesEvents whether it will publish, which takes writing to the namespace (docs/rules.md 5.5).
   */
  admitRegistration(call: ServerCall, request: RegistrationRequest, raisesEvents: boolean): void {
    this.#judge(REGISTRATION_GATES, call, request);
    if (raisesEvents) this.admit(call, request.namespace, 'queryObjectSink');
  }

  /** Audits what a provider refused. The gate before it shares its way out, and is audited already. */
  hearProvider(call: ServerCall, namespace: string, error: unknown): void {
    if (!this.#audit.isHeard || this.#isJudged(call, error)) return;
    const outcome = errorRefusal('provider', error);
    if (outcome !== null) this.#audit.refused(call, namespace, outcome);
  }

  /** Audits a logon that was refused. Why it was, the channel of logons alone is told. */
  hearLogon(call: ServerCall, namespace: string, error: unknown): void {
    const outcome = this.#audit.isHeard ? errorRefusal('logon', error) : null;
    if (outcome !== null) this.#audit.refused(call, namespace, outcome);
  }

  /** Audits that a client let no callback in, so that its call was cancelled. */
  hearCallback(call: ServerCall, namespace: string, error: unknown): void {
    if (!this.#audit.isHeard || !(error instanceof WbemError) || error.refusal === undefined) return;
    const { hresult: status, refusal } = error;
    this.#audit.refused(call, namespace, { passed: false, status, refusal });
  }

  #isJudged(call: ServerCall, error: unknown): boolean {
    if (!(error instanceof WbemError) || error.refusal === undefined) return false;
    return this.#judged.get(error.refusal) === call;
  }

  #judge<Request extends { readonly namespace: string }>(
    gates: readonly Gate<Request, NamespaceState>[],
    call: ServerCall,
    request: Request,
  ): void {
    const { principal, operation } = call;
    const state = new NamespaceState(this.host, this.#tree, request.namespace, principal.remote);
    const outcome = runGates(gates, principal, request, state);
    if (outcome.passed) return;
    this.#judged.set(outcome.refusal, call);
    this.#audit.refused(call, request.namespace, outcome);
    requirePassed(outcome, operation);
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
