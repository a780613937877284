import { FakeNamespace } from '../subscriptions/testing.ts';
import { type AuditOptions, audit } from './audit.ts';

export interface Planted {
  readonly name?: string;
  readonly query?: string;
  readonly eventAccess?: string | null;
  readonly eventNamespace?: string | null;
  readonly className?: string;
  readonly consumer?: Readonly<Record<string, unknown>>;
  readonly binding?: Readonly<Record<string, unknown>>;
}

/** A machine without subscriptions: `root` with the namespaces that all have. */
export function machine(): { readonly root: FakeNamespace; readonly subscription: FakeNamespace } {
  const root = new FakeNamespace({ namespace: 'root' });
  root.addChild('cimv2');
  root.addChild('default');
  return { root, subscription: root.addChild('subscription') };
}

/** A subscription as anybody writes it; by default one that nobody minds. */
export function plant(
  where: FakeNamespace,
  {
    name = 'x',
    query = 'SELECT * FROM Acme_Alarm',
    eventAccess = 'O:BAG:BAD:(A;;LO;;;BA)',
    eventNamespace = null,
    className = 'NTEventLogEventConsumer',
    consumer = {},
    binding = {},
  }: Planted = {},
): void {
  const filter = { Name: name, Query: query, QueryLanguage: 'WQL' };
  where.plant('__EventFilter', { ...filter, EventAccess: eventAccess, EventNamespace: eventNamespace });
  where.plant(className, { Name: name, ...consumer });
  where.plant('__FilterToConsumerBinding', {
    Filter: `__EventFilter.Name="${name}"`,
    Consumer: `${className}.Name="${name}"`,
    ...binding,
  });
}

/** Consumers by what they do. */
export const commandLine = (
  CommandLineTemplate: string | null,
  ExecutablePath: string | null = null,
): Planted => ({
  className: 'CommandLineEventConsumer',
  consumer: { CommandLineTemplate, ExecutablePath },
});
export const script = (ScriptText: string): Planted => ({
  className: 'ActiveScriptEventConsumer',
  consumer: { ScriptingEngine: 'VBScript', ScriptText },
});
export const logFile = (Filename: string): Planted => ({
  className: 'LogFileEventConsumer',
  consumer: { Filename, Text: '%TargetInstance.Name%' },
});

/** The ids of the rules that find something, each once. */
export async function rulesFor(root: FakeNamespace, options?: AuditOptions): Promise<string[]> {
  const { findings } = await audit(root, options);
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}
