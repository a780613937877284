import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { addCommand } from './add.ts';
import { auditCommand } from './audit.ts';
import { listCommand } from './list.ts';
import { removeCommand } from './remove.ts';
import { renameCommand } from './rename.ts';
import { showCommand } from './show.ts';

export function subscriptionsCommand(io: Io): Command {
  const command = new Command('subscriptions').description(
    'permanent subscriptions: what runs when nobody is logged on, and who put it there',
  );
  for (const make of [listCommand, showCommand, addCommand, removeCommand, renameCommand, auditCommand])
    command.addCommand(make(io));
  return command;
}
