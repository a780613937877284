import type { PrivilegeName } from '@wmisec/access';
import { WmisecError } from '@wmisec/wbem';
import type { Privilege } from './privilege.ts';
import { PRIVILEGES } from './privileges.ts';

const byWord: ReadonlyMap<string, Privilege> = new Map(
  PRIVILEGES.flatMap((privilege) => [
    [privilege.name.toLowerCase(), privilege],
    [privilege.shortName.toLowerCase(), privilege],
  ]),
);

/** The privilege of an SDK name or a moniker's short name, in any case; undefined when there is none. */
export function findPrivilege(word: string): Privilege | undefined {
  return byWord.get(word.toLowerCase());
}

/** @throws WmisecError `UNKNOWN_PRIVILEGE` */
export function requirePrivilege(word: string): Privilege {
  const found = findPrivilege(word);
  if (found !== undefined) return found;
  const got = JSON.stringify(String(word).slice(0, 64));
  throw new WmisecError(
    'UNKNOWN_PRIVILEGE',
    `expected a privilege such as SeSecurityPrivilege or Security, got ${got}`,
  );
}

/**
 * The SDK names of privileges, each once.
 * @throws WmisecError `INVALID_ARGUMENT` for none, `UNKNOWN_PRIVILEGE`
 */
export function requirePrivileges(words: readonly string[]): PrivilegeName[] {
  if (words.length === 0) throw new WmisecError('INVALID_ARGUMENT', 'expected names of privileges, got none');
  return [...new Set(words.map((word) => requirePrivilege(word).name))];
}
