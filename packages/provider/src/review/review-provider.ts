import { methodPrivileges, type PrivilegeName, parseSddl, type SecurityDescriptor } from '@wmisec/access';
import { hostAccount, parseHostingModel } from '@wmisec/wbem';
import type { CompiledClass } from '../compile/compiled-class.ts';
import { ADMINISTRATORS_ONLY, type ProviderDefinition } from '../define-provider.ts';
import { type Finding, findingsOf } from './findings.ts';
import { type Grant, grantsOf } from './grants.ts';

export type ReviewedOperation = 'read' | 'call' | 'write' | 'subscribe';

/** Who may do one thing to one part of a provider. */
export interface ReviewedAccess {
  /** A class, a method or an event class: `Acme_Door.Lock`. */
  readonly subject: string;
  readonly operation: ReviewedOperation;
  /** In the order of the descriptor. The namespace is asked before. */
  readonly grants: readonly Grant[];
  /** What they must have enabled beside that. */
  readonly privileges: readonly PrivilegeName[];
}

/** What a definition lets whom do, and as whom its code runs. */
export interface ProviderReview {
  readonly name: string;
  readonly namespace: string;
  /** The account, for people. */
  readonly runsAs: string;
  /** Whether handlers act as their callers. */
  readonly impersonates: boolean;
  /** Whether the native host tells it who calls. */
  readonly knowsCallers: boolean;
  readonly accesses: readonly ReviewedAccess[];
  readonly findings: readonly Finding[];
}

const RIGHTS: Readonly<Record<ReviewedOperation, number>> = {
  read: 0x1,
  call: 0x2,
  write: 0x10,
  subscribe: 0x40,
};

/**
 * Looks a definition over: who can read, write, call and subscribe, and what runs as whom.
 * @see docs/rules.md 4.1, 5.2, 9.11
 */
export function reviewProvider(definition: ProviderDefinition): ProviderReview {
  const { provider, namespace, spec, hosting } = definition;
  const model = parseHostingModel(hosting);
  const accesses = [...definition.classes.flatMap(classAccesses), ...eventAccesses(definition)];
  return {
    name: provider.name,
    namespace,
    runsAs: hostAccount(model),
    impersonates: spec.impersonates ?? false,
    knowsCallers: !model.foldIdentity,
    accesses,
    findings: findingsOf(definition, model, accesses),
  };
}

function classAccesses({ cls, lineage, handlers, security }: CompiledClass): ReviewedAccess[] {
  const access = (
    subject: string,
    operation: ReviewedOperation,
    privileges: readonly PrivilegeName[] = [],
  ): ReviewedAccess => ({
    subject,
    operation,
    privileges,
    grants: grantsOf(security.source, RIGHTS[operation]),
  });
  const { className } = cls;
  const reads = handlers.enumerate !== undefined || handlers.get !== undefined;
  const writes = handlers.put !== undefined || handlers.delete !== undefined;
  return [
    ...(reads ? [access(className, 'read')] : []),
    ...(writes ? [access(className, 'write')] : []),
    ...Object.keys(handlers.methods ?? {}).map((method) =>
      access(`${className}.${method}`, 'call', methodPrivileges(lineage, method)),
    ),
  ];
}

function eventAccesses({ spec }: ProviderDefinition): ReviewedAccess[] {
  const { events, security = ADMINISTRATORS_ONLY } = spec;
  const descriptor: SecurityDescriptor = parseSddl(events?.security ?? security);
  return (events?.classes ?? []).map(({ cls }) => ({
    subject: cls.className,
    operation: 'subscribe',
    grants: grantsOf(descriptor, RIGHTS.subscribe),
    privileges: [],
  }));
}
