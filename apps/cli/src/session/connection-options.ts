import { AuthnLevel, ImpLevel, WmisecError } from '@wmisec/wbem';
import { type Command, Option } from 'commander';

export const TRANSPORTS = ['native', 'embedded'] as const;

export type TransportName = (typeof TRANSPORTS)[number];

const AUTHN_LEVELS = {
  default: AuthnLevel.Default,
  none: AuthnLevel.None,
  connect: AuthnLevel.Connect,
  call: AuthnLevel.Call,
  pkt: AuthnLevel.Pkt,
  integrity: AuthnLevel.PktIntegrity,
  privacy: AuthnLevel.PktPrivacy,
} as const;

const IMP_LEVELS = {
  default: ImpLevel.Default,
  anonymous: ImpLevel.Anonymous,
  identify: ImpLevel.Identify,
  impersonate: ImpLevel.Impersonate,
  delegate: ImpLevel.Delegate,
} as const;

/** The options that every verb takes that calls WMI, as commander hands them over. */
export interface ConnectionOptions {
  readonly namespace: string;
  readonly transport?: TransportName;
  readonly authn?: keyof typeof AUTHN_LEVELS;
  readonly imp?: keyof typeof IMP_LEVELS;
  readonly timeout?: number;
  /** The directory that the embedded service keeps its repository in. */
  readonly store?: string;
  readonly user?: string;
  readonly passwordStdin?: boolean;
  /** Names of privileges that every call carries enabled. */
  readonly privilege?: readonly string[];
}

/**
 * Adds the options to a verb.
 * @param namespace the default.
 */
export function withConnectionOptions(command: Command, namespace = 'root\\cimv2'): Command {
  return command
    .option('-n, --namespace <path>', `namespace, ${namespace} or \\\\host\\${namespace}`, namespace)
    .addOption(
      new Option(
        '--transport <name>',
        'how to reach WMI (default: native on Windows, embedded elsewhere)',
      ).choices(TRANSPORTS),
    )
    .addOption(
      new Option('--authn <level>', 'authentication level (default: privacy)').choices(
        Object.keys(AUTHN_LEVELS),
      ),
    )
    .addOption(
      new Option('--imp <level>', 'impersonation level (default: impersonate)').choices(
        Object.keys(IMP_LEVELS),
      ),
    )
    .option('--timeout <seconds>', 'give up after so many seconds (default: no limit)', seconds)
    .option('--store <dir>', 'where the embedded service keeps its data (default: in memory)')
    .option('--user <name>', 'who connects: name, DOMAIN\\name or name@domain (default: the current user)')
    .option('--password-stdin', 'read the password of --user from the first line of stdin')
    .option(
      '--privilege <name>',
      'call with a privilege enabled, such as Security; may be repeated',
      another,
    );
}

export function authnLevelOf({ authn }: ConnectionOptions): AuthnLevel {
  return AUTHN_LEVELS[authn ?? 'privacy'];
}

export function impLevelOf({ imp }: ConnectionOptions): ImpLevel {
  return IMP_LEVELS[imp ?? 'impersonate'];
}

function another(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0) || value > 86_400) {
    throw new WmisecError(
      'INVALID_ARGUMENT',
      `--timeout: expected a number of seconds up to 86400, got ${JSON.stringify(text)}`,
    );
  }
  return value;
}
