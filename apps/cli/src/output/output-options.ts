import { type Command, Option } from 'commander';
import { FORMATS, type Format } from './row-writer.ts';

export interface OutputOptions {
  readonly format: Format;
}

export function withFormatOption(command: Command): Command {
  return command.addOption(
    new Option('-f, --format <format>', 'how rows are written').choices(FORMATS).default('table'),
  );
}
