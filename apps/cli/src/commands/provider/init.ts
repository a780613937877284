import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkIdentifier, WmisecError } from '@wmisec/wbem';
import { Command } from 'commander';
import { type Io, write } from '../../io.ts';
import { providerText, testText } from './templates.ts';

export function initCommand(io: Io): Command {
  return new Command('init')
    .description('write a small provider with its test, which passes')
    .argument('<name>', 'such as Doors: letters, digits and underscores')
    .option('-d, --directory <path>', 'where the two files go', '.')
    .action((name: string, { directory }: { directory: string }) => init(name, directory, io));
}

async function init(name: string, directory: string, io: Io): Promise<void> {
  checkIdentifier(name, 'name of a provider');
  const file = name.toLowerCase();
  await create(join(directory, `${file}.mjs`), providerText(name));
  await create(join(directory, `${file}.test.mjs`), testText(name));
  await write(
    io.stdout,
    [
      `wrote ${file}.mjs and ${file}.test.mjs`,
      'next: npm install @wmisec/provider; npm install --save-dev @wmisec/auth @wmisec/embedded',
      `      node --test ${file}.test.mjs`,
      `      wmisec provider check ${file}.mjs\n`,
    ].join('\n'),
  );
}

/** Never writes over what is there. */
async function create(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (cause) {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    throw new WmisecError(
      'FILE_NOT_WRITTEN',
      `${path}: ${exists ? 'it is there already' : 'it cannot be written'}`,
      {
        cause,
      },
    );
  }
}
