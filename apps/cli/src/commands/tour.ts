import { Command } from 'commander';
import type { Io } from '../io.ts';

export function tourCommand(io: Io): Command {
  return new Command('tour')
    .description('see a secure query, an allowed call and a refused one')
    .action(async () => {
      const { tour } = await import('../tour/tour.ts');
      await tour(io);
    });
}
