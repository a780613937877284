import { getNamespaceDescriptor, type SecurityDescriptor } from '@wmisec/access';
import {
  type CallOptions,
  type CimInstance,
  foldName,
  formatHresult,
  statusName,
  WbemError,
  type WbemServices,
  WbemStatus,
  WmisecError,
} from '@wmisec/wbem';
import { isLostConnection } from '../lost-connection.ts';
import { readInstances } from '../subscriptions/read-instances.ts';
import { bindingPart, consumerPart, filterPart } from '../subscriptions/read-parts.ts';
import { subscriptionsIn } from '../subscriptions/subscription.ts';
import type { AuditedNamespace, AuditedObject, Inventory, Unread } from './inventory.ts';

export interface ReadOptions extends CallOptions {
  /** Namespaces after which the audit gives up. */
  readonly maxNamespaces: number;
}

/** Reads the namespace of `services` and all below it; what cannot be read is noted. */
export async function readInventory(services: WbemServices, options: ReadOptions): Promise<Inventory> {
  const namespaces: AuditedNamespace[] = [];
  const waiting: (() => Promise<Found>)[] = [
    () => readNamespace({ services, path: services.namespace }, options),
  ];
  const seen = new Set<string>([foldName(services.namespace)]);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { audited, children } = await next();
    namespaces.push(audited);
    for (const name of children) {
      const path = `${audited.namespace}\\${name}`;
      if (seen.has(foldName(path))) continue;
      seen.add(foldName(path));
      if (seen.size > options.maxNamespaces) throw tooMany(options.maxNamespaces);
      waiting.push(() => readChild(services, path, options));
    }
  }
  return { namespaces, subscriptions: subscriptionsIn(namespaces.map(({ parts }) => parts)) };
}

interface Found {
  readonly audited: AuditedNamespace;
  /** Names. */
  readonly children: readonly string[];
}

interface Place {
  readonly services: WbemServices;
  readonly path: string;
}

async function readChild(root: WbemServices, path: string, options: CallOptions): Promise<Found> {
  const relative = path.slice(root.namespace.length + 1);
  try {
    await using services = await root.openNamespace(relative, options);
    return await readNamespace({ services, path }, options);
  } catch (error) {
    return { audited: unopened(path, codeOf(error)), children: [] };
  }
}

async function readNamespace({ services, path }: Place, options: CallOptions): Promise<Found> {
  const unread: Unread[] = [];
  const all = async (className: string): Promise<CimInstance[]> => {
    try {
      return await readInstances(services, className, options, (status) =>
        unread.push({ what: `some of ${className}`, code: statusName(status) ?? formatHresult(status) }),
      );
    } catch (error) {
      const code = codeOf(error);
      if (!NO_SUCH_CLASS.has(code)) unread.push({ what: className, code });
      return [];
    }
  };
  const parts = {
    namespace: path,
    filters: (await all('__EventFilter')).map((each) => filterPart(path, each)),
    consumers: (await all('__EventConsumer')).map((each) => consumerPart(path, each)),
    bindings: (await all('__FilterToConsumerBinding')).map((each) => bindingPart(path, each)),
  };
  const timers = (await all('__TimerInstruction')).map(auditedObject);
  const consumerProviders = (await all('__EventConsumerProviderRegistration')).map(auditedObject);
  const children = (await all('__Namespace')).map(({ properties }) => String(properties['Name']));
  const descriptor = await readDescriptor(services, unread, options);
  return { audited: { namespace: path, parts, timers, consumerProviders, descriptor, unread }, children };
}

const NO_SUCH_CLASS: ReadonlySet<string> = new Set(['WBEM_E_INVALID_CLASS', 'WBEM_E_NOT_FOUND']);

async function readDescriptor(
  services: WbemServices,
  unread: Unread[],
  options: CallOptions,
): Promise<SecurityDescriptor | null> {
  try {
    return await getNamespaceDescriptor(services, options);
  } catch (error) {
    unread.push({ what: 'descriptor', code: codeOf(error) });
    return null;
  }
}

function auditedObject({ shape, path, properties }: CimInstance): AuditedObject {
  return { path: path ?? shape.className, properties };
}

function unopened(path: string, code: string): AuditedNamespace {
  return {
    namespace: path,
    parts: { namespace: path, filters: [], consumers: [], bindings: [] },
    timers: [],
    consumerProviders: [],
    descriptor: null,
    unread: [{ what: 'namespace', code }],
  };
}

/** The code of what one namespace refuses; what ends the whole audit is thrown on. */
function codeOf(error: unknown): string {
  if (!(error instanceof WbemError)) throw error;
  const { code, hresult } = error;
  if (ENDS.has(hresult) || isLostConnection(error)) throw error;
  return code;
}

const ENDS: ReadonlySet<number> = new Set([WbemStatus.WBEM_E_CALL_CANCELLED, WbemStatus.WBEM_E_TIMED_OUT]);

function tooMany(limit: number): WmisecError {
  return new WmisecError(
    'INVALID_ARGUMENT',
    `expected ${limit} namespaces at most, got more; raise maxNamespaces to audit them all`,
  );
}
