import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** The command that starts the pinned pnpm, which need not be installed: npx fetches it. */
export function pnpmCommand(...args) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return ['npx', '--yes', packageManager, ...args];
}

/** The environment for pnpm and what it starts: `npm --silent` must not silence the log of a failure. */
export function pnpmEnvironment() {
  const { npm_config_loglevel: _level, npm_config_silent: _silent, ...inherited } = process.env;
  return { ...inherited, TURBO_TELEMETRY_DISABLED: '1' };
}
