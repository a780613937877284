// Packs every package that is published and checks the tarballs: publint, types for ES modules, what is in
// them, and that `import` and `require` of the installed package give the same module.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root } from './lib/paths.mjs';
import { pnpmCommand, pnpmEnvironment } from './lib/pnpm.mjs';
import { publishedPackages } from './lib/published-packages.mjs';

const temporary = mkdtempSync(join(tmpdir(), 'wmisec-packages-'));
const complaints = [];
try {
  const packed = publishedPackages().map(pack);
  for (const each of packed) {
    checkContents(each);
    checkSources(each);
    await checkWithPublint(each);
    checkTypes(each);
  }
  await checkInstalled(packed);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;

function pack({ folder, manifest }) {
  const target = join(temporary, manifest.name.replace('/', '+'));
  mkdirSync(target);
  run(pnpmCommand('pack', '--pack-destination', target), folder);
  const tarball = join(
    target,
    readdirSync(target).find((name) => name.endsWith('.tgz')),
  );
  run(['tar', 'xzf', tarball, '-C', target], folder);
  const files = readdirSync(join(target, 'package'), { recursive: true });
  const published = readJson(join(target, 'package/package.json'));
  return { name: manifest.name, tarball, unpacked: join(target, 'package'), files, manifest: published };
}

function checkContents({ name, files, manifest }) {
  for (const needed of ['README.md', 'LICENSE'])
    if (!files.includes(needed)) complaints.push(`${name}: ${needed} is missing from the tarball`);
  for (const file of files)
    if (/^src|\.test\./.test(file)) complaints.push(`${name}: ${file} does not belong into the tarball`);
  const text = JSON.stringify({ ...manifest, devDependencies: undefined });
  for (const leftover of ['@wmisec/source', 'workspace:', 'catalog:'])
    if (text.includes(leftover)) complaints.push(`${name}: the published manifest still says ${leftover}`);
}

/** A package that carries a copy of another would give its classes and state twice. */
function checkSources({ name, unpacked, files }) {
  for (const map of files.filter((file) => file.endsWith('.js.map'))) {
    const strangers = readJson(join(unpacked, map)).sources.filter((source) =>
      /^\.\.|node_modules/.test(join(dirname(map), source)),
    );
    for (const source of strangers)
      complaints.push(`${name}: ${map.slice(0, -4)} carries a copy of ${source}`);
  }
}

async function checkWithPublint({ name, tarball }) {
  const bytes = new Uint8Array(readFileSync(tarball)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  for (const message of messages)
    complaints.push(`${name}: ${formatMessage(message, pkg, { color: false })}`);
}

function checkTypes({ name, tarball }) {
  const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  try {
    run([process.execPath, attw, tarball, '--profile', 'esm-only', '--no-emoji', '--no-color'], root);
  } catch (error) {
    complaints.push(`${name}: ${error.stdout ?? error.message}`);
  }
}

/** Installs all tarballs side by side, as a user would, and loads every entry both ways. */
async function checkInstalled(packed) {
  const consumer = join(temporary, 'consumer');
  mkdirSync(consumer);
  const dependencies = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const manifest = { name: 'consumer', private: true, type: 'module', dependencies };
  writeFileSync(join(consumer, 'package.json'), JSON.stringify(manifest));
  run(['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], consumer);

  const from = pathToFileURL(join(consumer, 'index.js'));
  for (const { name, manifest } of packed) {
    for (const entry of Object.keys(manifest.exports).filter((path) => !path.endsWith('.json'))) {
      const specifier = `${name}${entry.slice(1)}`;
      const code = `
        const required = require('node:module').createRequire(${JSON.stringify(from.href)})('${specifier}');
        import('${specifier}').then((imported) => process.exit(imported === required ? 0 : 9));`;
      try {
        run([process.execPath, '--no-warnings', '--input-type=commonjs', '--eval', code], consumer);
      } catch (error) {
        complaints.push(
          `${specifier}: ${error.status === 9 ? 'import and require give two copies' : reasonOf(error)}`,
        );
      }
    }
  }
}

/** The line of a crashed program's output that says why. */
function reasonOf({ stderr, message }) {
  return stderr?.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? message;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function run([program, ...args], cwd) {
  const shell = process.platform === 'win32' && program !== process.execPath;
  const options = { cwd, env: pnpmEnvironment(), shell, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };
  return execFileSync(program, args, { ...options, timeout: 300_000 });
}
