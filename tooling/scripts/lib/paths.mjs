import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root. */
export const root = resolve(fileURLToPath(import.meta.url), '../../../..');

/** Logs, stamps and reports; outside version control. */
export const cache = join(root, '.cache');
