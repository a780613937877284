// Installs Wine and the mingw-w64 compiler on Debian and Ubuntu: node tooling/wine/setup.mjs
import { aptPackages } from './config.mjs';
import { findProgram, isMain, run } from './process.mjs';

/** True on Debian or Ubuntu (x64), as root. */
export function canInstall() {
  return (
    process.platform === 'linux' &&
    process.arch === 'x64' &&
    process.getuid() === 0 &&
    Boolean(findProgram('apt-get'))
  );
}

/** @throws Error with apt's words when a package cannot be had. */
export function install() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-q'], { seconds: 300, env });
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...aptPackages], { seconds: 900, env });
}

if (isMain(import.meta.url)) {
  if (canInstall()) install();
  else {
    console.error(`run this as root on Debian or Ubuntu, or install: ${aptPackages.join(' ')}`);
    process.exitCode = 1;
  }
}
