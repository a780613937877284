import {
  AceType,
  explainAccess,
  type GateOutcome,
  impersonationLevel,
  namespaceRightNames,
  type PreparedDescriptor,
  parseNamespaceRights,
  providerAccess,
  type Refused,
  refused,
  requirePassed,
  type Token,
  type TokenPrivilege,
  WellKnownSid,
} from '@wmisec/access';
import { type AuthnLevel, type Caller, type ImpLevel, WbemStatus, WmisecError } from '@wmisec/wbem';
import type { Demand, DescriptorDemand } from './demand.ts';
import type { Descriptors } from './descriptors.ts';
import type { CallerCheck, ProviderCaller } from './provider-caller.ts';

export interface CallerPolicy {
  /** What rights by name are asked of. */
  readonly security: PreparedDescriptor;
  readonly descriptors: Descriptors;
  /** Whether the definition says that its handlers impersonate. */
  readonly impersonates: boolean;
}

/** All that is known of a caller whose token the host keeps: one of everybody. */
const ANYBODY: Token = { user: WellKnownSid.World };

interface Asked {
  readonly descriptor: PreparedDescriptor;
  readonly desired: number;
  /** Names the rights in a refusal. */
  readonly rightNames?: (mask: number) => readonly string[];
}

/** A caller as the host tells of it, and the gate that judges what handlers demand. */
export class HostedCaller implements ProviderCaller {
  readonly #caller: Caller;
  readonly #policy: CallerPolicy;

  constructor(caller: Caller, policy: CallerPolicy) {
    this.#caller = caller;
    this.#policy = policy;
  }

  get sid(): string {
    return this.#caller.sid;
  }

  get name(): string {
    return this.isKnown ? (this.#caller.name ?? this.sid) : 'a caller whose token is not propagated';
  }

  get remote(): boolean {
    return this.#caller.remote;
  }

  get authnLevel(): AuthnLevel {
    return this.#caller.authnLevel;
  }

  get impLevel(): ImpLevel {
    return this.#caller.impLevel;
  }

  get isKnown(): boolean {
    return this.#caller.token !== null;
  }

  get privileges(): readonly TokenPrivilege[] {
    const { privileges = [] } = this.token;
    return privileges.map((each) => (typeof each === 'string' ? { name: each, enabled: true } : each));
  }

  /** The shapes are one: the host made it from a token. */
  get token(): Token {
    return (this.#caller.token as Token | null) ?? ANYBODY;
  }

  require(demand: Demand): void {
    requirePassed(this.judge(demand));
  }

  check(demand: Demand): CallerCheck {
    const outcome = this.judge(demand);
    if (isPrivileges(demand) || !this.isKnown) return { ...outcome, explanation: null };
    const { descriptor, desired } = this.#asked(demand);
    return {
      ...outcome,
      explanation: explainAccess(descriptor.source, this.token, desired, descriptor.options),
    };
  }

  /** The one place where demands are decided. */
  judge(demand: Demand): GateOutcome {
    requireOneKind(demand);
    if (isPrivileges(demand)) return this.#told(providerAccess(this, demand, {}));
    const { descriptor, desired, rightNames } = this.#asked(demand);
    if (!this.isKnown && deniesSomebody(descriptor)) return unknownCaller(rightNames?.(desired) ?? []);
    const state = { providerDescriptor: descriptor, ...(rightNames !== undefined && { rightNames }) };
    return this.#told(providerAccess(this, { desired }, state));
  }

  impersonate<T>(body: () => T): T {
    const { impersonate } = this.#caller;
    if (!this.#policy.impersonates)
      throw new WmisecError(
        'NOT_IMPERSONATING',
        'impersonate: expected a definition that says "impersonates: true", so that it is registered for it',
      );
    if (impersonate === undefined || !this.isKnown)
      throw new WmisecError(
        'NO_CALLER_TOKEN',
        'impersonate: this host propagates no token of the caller; a decoupled provider gets one with Decoupled:Com:FoldIdentity(FALSE)',
      );
    // A token below it tells who it is, and opens nothing (docs/rules.md 4.3).
    requirePassed(impersonationLevel(this));
    return impersonate(body);
  }

  #asked(demand: string | DescriptorDemand): Asked {
    if (typeof demand !== 'string')
      return { descriptor: this.#policy.descriptors.prepare(demand), desired: demand.desired };
    return {
      descriptor: this.#policy.security,
      desired: parseNamespaceRights([demand]),
      rightNames: namespaceRightNames,
    };
  }

  #told(outcome: GateOutcome): GateOutcome {
    return outcome.passed || this.isKnown ? outcome : unknownCaller(outcome.refusal.missing);
  }
}

/** Of two kinds in one, which the types let pass, one would count and the other be passed over. */
function requireOneKind(demand: Demand): void {
  if (typeof demand !== 'object' || !('privileges' in demand && 'descriptor' in demand)) return;
  throw new WmisecError(
    'INVALID_ARGUMENT',
    'a demand asks for rights of a descriptor or for privileges, got both: ask twice',
  );
}

function isPrivileges(demand: Demand): demand is Extract<Demand, { privileges: unknown }> {
  return typeof demand === 'object' && 'privileges' in demand;
}

/** An entry that denies may be for the caller: nobody knows. */
function deniesSomebody({ source: { dacl } }: PreparedDescriptor): boolean {
  return dacl.kind === 'list' && dacl.aces.some(({ type }) => type !== AceType.AccessAllowed);
}

function unknownCaller(missing: readonly string[]): Refused {
  return refused(WbemStatus.WBEM_E_ACCESS_DENIED, 'provider', {
    missing,
    fix: 'have the host propagate the token of the caller, Decoupled:Com:FoldIdentity(FALSE), or grant it to Everyone',
  });
}
