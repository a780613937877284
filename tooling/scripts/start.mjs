// npm start: installs and builds when needed, then runs the command line in this process.
// Without arguments it shows the tour. Only the command's own output reaches stdout.
import { pathToFileURL } from 'node:url';
import { requireNode } from './lib/require-node.mjs';

requireNode();
const { prepareToStart } = await import('./lib/prepare.mjs');
const { mainPath } = await import('./lib/ensure-built.mjs');
await prepareToStart();

const args = process.argv.slice(2);
process.argv = [process.execPath, mainPath, ...(args.length === 0 ? ['tour'] : args)];
await import(pathToFileURL(mainPath).href);
