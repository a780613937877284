import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { checkCommand } from './check.ts';
import { listCommand } from './list.ts';

export function privilegesCommand(io: Io): Command {
  return new Command('privileges')
    .description('see which Windows privileges there are, and which of them this process has')
    .addCommand(listCommand(io))
    .addCommand(checkCommand(io));
}
