import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { applyCommand } from './apply.ts';
import { grantCommand } from './grant.ts';
import { planCommand } from './plan.ts';
import { revokeCommand } from './revoke.ts';
import { rollbackCommand } from './rollback.ts';
import { showCommand } from './show.ts';

export function namespaceCommand(io: Io): Command {
  const command = new Command('namespace').description('see and change who may do what in a namespace');
  for (const make of [showCommand, grantCommand, revokeCommand, planCommand, applyCommand, rollbackCommand]) {
    command.addCommand(make(io));
  }
  return command;
}
