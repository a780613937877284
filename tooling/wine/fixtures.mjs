import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint, fixtures, readIfThere, root } from './config.mjs';
import { findProgram, run } from './process.mjs';

const COMPILERS = ['x86_64-w64-mingw32-g++-posix', 'x86_64-w64-mingw32-g++', 'g++'];
const FLAGS = ['-O2', '-std=c++17', '-static', '-Wall'];
const LIBRARIES = ['ole32', 'oleaut32', 'advapi32', 'secur32', 'wbemuuid', 'uuid'].map((name) => `-l${name}`);

/** @returns the path of a compiler that makes Windows programs, or `undefined`. */
export function findCompiler() {
  for (const name of COMPILERS) {
    const path = findProgram(process.platform === 'win32' ? `${name}.exe` : name);
    if (path !== undefined) return path;
  }
  return undefined;
}

/**
 * Compiles every `packages/*\/native/fixtures/*.cpp`, and every `*.cpp.ts`, whose default export is the C++
 * text. A source with `int main(` becomes NAME.exe, any other NAME.dll; only what
 * changed is compiled.
 * @returns the compiled files' names.
 * @throws Error with the compiler's words.
 */
export async function compileFixtures() {
  mkdirSync(fixtures, { recursive: true });
  const compiler = findCompiler();
  if (compiler === undefined) throw new Error(`no compiler for fixtures: none of ${COMPILERS.join(', ')}`);
  const complaints = [];
  for (const path of fixtureSources()) {
    try {
      compile(compiler, path, await sourceText(path));
    } catch (error) {
      complaints.push(error.message);
    }
  }
  return complaints;
}

function fixtureSources() {
  const folders = readdirSync(join(root, 'packages')).map((name) =>
    join(root, 'packages', name, 'native/fixtures'),
  );
  return folders
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /\.cpp(\.ts)?$/.test(path));
}

async function sourceText(path) {
  if (path.endsWith('.cpp')) return readFileSync(path, 'utf8');
  const vitest = realpathSync(join(root, 'node_modules/vitest/package.json'));
  const { runnerImport } = await import(pathToFileURL(createRequire(vitest).resolve('vite')).href);
  const conditions = ['@wmisec/source', 'import', 'node', 'default'];
  const { module } = await runnerImport(path, {
    root,
    configFile: false,
    logLevel: 'error',
    oxc: { target: 'node20' },
    environments: { inline: { resolve: { conditions, noExternal: [/^@wmisec\//] } } },
  });
  return module.default;
}

function compile(compiler, path, text) {
  const name = basename(path).replace(/\.cpp(\.ts)?$/, '');
  const program = /\bint main\(/.test(text);
  const target = `${name}.${program ? 'exe' : 'dll'}`;
  const stamp = join(fixtures, `${name}.stamp`);
  const wanted = fingerprint(compiler, ...FLAGS, ...LIBRARIES, text, ...headersOf(dirname(path), text));
  if (existsSync(join(fixtures, target)) && readIfThere(stamp) === wanted) return;

  rmSync(join(fixtures, target), { force: true });
  const source = join(fixtures, `${name}.cpp`);
  writeFileSync(source, text);
  const kind = program ? [] : ['-shared'];
  const args = [...FLAGS, ...kind, `-I${dirname(path)}`, '-o', join(fixtures, target), source, ...LIBRARIES];
  run(compiler, args, { seconds: 300 });
  writeFileSync(stamp, wanted);
}

/** The texts of the headers that a source includes, wherever in the packages they stand. */
function headersOf(folder, text, known = new Map()) {
  for (const [, name] of text.matchAll(/^#include "(.+)"/gm)) {
    const path = join(folder, name);
    if (known.has(path)) continue;
    known.set(path, readFileSync(path, 'utf8'));
    headersOf(dirname(path), known.get(path), known);
  }
  return [...known.values()];
}
