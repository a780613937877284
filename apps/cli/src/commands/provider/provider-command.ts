import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { checkCommand } from './check.ts';
import { initCommand } from './init.ts';

export function providerCommand(io: Io): Command {
  return new Command('provider')
    .description('begin a WMI provider, and look one over: its MOF, and who can do what')
    .addCommand(initCommand(io))
    .addCommand(checkCommand(io));
}
