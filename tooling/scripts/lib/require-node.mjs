const MAJOR = 20;
const MINOR = 19;

/** Ends the process with one sentence when this Node is too old. */
export function requireNode(version = process.versions.node) {
  if (isSupported(version)) return;
  process.stderr.write(`wmisec needs Node ${MAJOR}.${MINOR} or newer; this is Node ${version}.\n`);
  process.exit(1);
}

/** Whether `require` of an ES module works without a flag. */
export function isSupported(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > MAJOR || (major === MAJOR && minor >= MINOR);
}
