import { createRequire } from 'node:module';

/** That of the command line. */
export function packageVersion(): string {
  return (createRequire(import.meta.url)('../package.json') as { version: string }).version;
}
