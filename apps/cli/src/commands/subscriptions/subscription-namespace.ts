import type { Command } from 'commander';
import { withConnectionOptions } from '../../session/connection-options.ts';

/** The options of a verb about subscriptions, which are kept in one namespace. */
export function withSubscriptionOptions(command: Command): Command {
  return withConnectionOptions(command, 'root\\subscription');
}
