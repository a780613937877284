import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

export interface TemporaryDirectory extends Disposable {
  /** Inside it, and not made yet. */
  readonly path: string;
}

export function temporaryDirectory(): TemporaryDirectory {
  const parent = mkdtempSync(join(tmpdir(), 'wmisec-store-'));
  return {
    path: join(parent, 'store'),
    [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/**
 * Bundles a program of this package from its sources, for processes of their own.
 * @returns the path of the bundle, where the package finds its dependencies.
 */
export async function bundleProgram(url: URL): Promise<string> {
  const path = fileURLToPath(url);
  const outDir = fileURLToPath(new URL('../../.cache/test', import.meta.url));
  const name = basename(path, '.ts');
  await build({
    entry: { [name]: path },
    outDir,
    format: ['esm'],
    outExtension: () => ({ js: '.mjs' }),
    noExternal: [/^@wmisec\//],
    external: [/^(?!@wmisec\/|\.|\/)/],
    esbuildOptions: (options) => {
      options.conditions = ['@wmisec/source'];
    },
    config: false,
    silent: true,
  });
  return join(outDir, `${name}.mjs`);
}

/** Starts a program; it talks with `process.send` and stdout. */
export function startProgram(path: string, args: readonly string[]): ChildProcess {
  return fork(path, args, { execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
}

/** The next message of a program; rejects when it ends without one. */
export async function nextMessage(child: ChildProcess): Promise<unknown> {
  const stop = new AbortController();
  try {
    return await Promise.race([
      once(child, 'message', stop).then(([message]) => message),
      once(child, 'exit', stop).then(([code]) => {
        throw new Error(`the program ended with ${code}`);
      }),
    ]);
  } finally {
    stop.abort();
  }
}
