import {
  type ConsumerSpec,
  DeliveryQoS,
  installSubscription,
  SUBSCRIPTION_RISKS,
  type SubscriptionRisk,
} from '@wmisec/events';
import { WmisecError } from '@wmisec/wbem';
import { Command, Option } from 'commander';
import { type Io, write } from '../../io.ts';
import { readJson } from '../../read-json.ts';
import type { ConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { withSubscriptionOptions } from './subscription-namespace.ts';

interface AddOptions extends ConnectionOptions {
  readonly query: string;
  readonly eventAccess: string;
  readonly consumer: string;
  readonly eventNamespace?: string;
  readonly qos?: keyof typeof QOS;
  readonly maintainSecurityContext?: true;
  readonly slowDownProviders?: true;
  readonly allow?: readonly SubscriptionRisk[];
}

const QOS = { synchronous: DeliveryQoS.Synchronous, express: DeliveryQoS.Express } as const;

export function addCommand(io: Io): Command {
  const command = new Command('add')
    .description('install a subscription: filter, consumer and binding, all of them or none')
    .argument('<name>', 'that of the filter and of the consumer')
    .requiredOption('--query <wql>', 'which events')
    .requiredOption(
      '--event-access <who>',
      'who may raise them: SDDL such as O:BAG:BAD:(A;;LO;;;BA), or everyone',
    )
    .requiredOption(
      '--consumer <json>',
      'what happens, as JSON or @file: {"kind":"logFile","filename":"C:\\\\Logs\\\\x.log","text":"%Door%"}',
    )
    .option('--event-namespace <path>', 'where the events come from (default: the namespace itself)')
    .addOption(new Option('--qos <how>', 'how events are delivered').choices(Object.keys(QOS)))
    .option('--maintain-security-context', 'have the consumer act as whoever raised the event')
    .option('--slow-down-providers', 'let a slow consumer slow down who raises the events')
    .addOption(
      new Option('--allow <risk>', 'what would be refused otherwise; may be repeated')
        .choices(SUBSCRIPTION_RISKS)
        .argParser(another),
    );
  return withSubscriptionOptions(command).action((name: string, options) => add(name, options, io));
}

async function add(name: string, options: AddOptions, io: Io): Promise<void> {
  const { query, eventAccess, eventNamespace, maintainSecurityContext, slowDownProviders, allow } = options;
  const consumer = await readJson<ConsumerSpec>('--consumer', options.consumer);
  const deliveryQoS = options.qos && QOS[options.qos];
  await withSession(options, io, async ({ connection, call }) => {
    const installed = await installSubscription(
      connection,
      {
        ...{ name, query, eventAccess, eventNamespace, consumer },
        ...{ deliveryQoS, maintainSecurityContext, slowDownProviders, allow },
      },
      call,
    );
    await write(io.stdout, `installed ${installed.name}, created by ${installed.filter!.creator}\n`);
  });
}

function another(risk: string, before: readonly string[] = []): readonly string[] {
  if ((SUBSCRIPTION_RISKS as readonly string[]).includes(risk)) return [...before, risk];
  throw new WmisecError(
    'INVALID_ARGUMENT',
    `--allow: expected ${SUBSCRIPTION_RISKS.join(', ')}, got ${JSON.stringify(risk.slice(0, 40))}`,
  );
}
