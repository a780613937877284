import { spawnSync } from 'node:child_process';

/**
 * Programs of others that tests compare with, where Debian and Ubuntu have them: how to see that one is there, and
 * the folder of a package whose tests need it.
 */
const PEERS = [
  {
    name: 'Samba',
    folder: 'samba',
    aptPackage: 'python3-samba',
    probe: ['/usr/bin/python3', '-c', 'import samba.ndr, samba.dcerpc.security'],
  },
];

/**
 * Installs the programs that are missing, on Debian and Ubuntu as root.
 * @returns those that could not be had: the `folder` of the tests that need it, and `remedy`
 */
export async function ensurePeerPrograms() {
  const missing = PEERS.filter(isMissing);
  if (missing.length === 0) return [];
  const complaint = canInstall() ? await install(missing) : undefined;
  return missing.filter(isMissing).map(({ name, folder, aptPackage }) => ({
    name,
    folder,
    remedy: complaint ?? `apt-get install ${aptPackage}`,
  }));
}

/** @returns what stood in the way, in one sentence. */
async function install(peers) {
  const { runLogged } = await import('./run-logged.mjs');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const packages = peers.map(({ aptPackage }) => aptPackage);
  process.stderr.write(`wmisec: installing ${packages.join(', ')} ...\n`);
  const options = ['-y', '-q', '--no-install-recommends'];
  try {
    await runLogged('apt-update', ['apt-get', 'update', '-q'], { env });
    await runLogged('apt-install', ['apt-get', 'install', ...options, ...packages], { env });
    return undefined;
  } catch (error) {
    return error.message;
  }
}

function canInstall() {
  return (
    process.platform === 'linux' && process.getuid() === 0 && !isMissing({ probe: ['apt-get', '--version'] })
  );
}

function isMissing({ probe: [program, ...args] }) {
  return spawnSync(program, args, { stdio: 'ignore' }).status !== 0;
}
