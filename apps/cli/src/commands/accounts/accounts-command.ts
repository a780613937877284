import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { addCommand } from './add.ts';
import { disableCommand, enableCommand, removeCommand } from './change.ts';
import { listCommand } from './list.ts';
import { passwdCommand } from './passwd.ts';

export function accountsCommand(io: Io): Command {
  const command = new Command('accounts').description(
    'manage who can log on to a store of the embedded service',
  );
  for (const make of [addCommand, listCommand, passwdCommand, disableCommand, enableCommand, removeCommand])
    command.addCommand(make(io));
  return command;
}
