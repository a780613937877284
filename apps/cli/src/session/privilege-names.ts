import type { PrivilegeName } from '@wmisec/access';
import { WmisecError } from '@wmisec/wbem';

/**
 * The SDK names of privileges given as `SeSecurityPrivilege` or `Security`, in any case.
 * @throws WmisecError `INVALID_ARGUMENT` for a word that is none.
 */
export async function privilegeNames(words: readonly string[]): Promise<PrivilegeName[]> {
  const { findPrivilege } = await import('@wmisec/privileges');
  return words.map((word) => {
    const found = findPrivilege(word);
    if (found !== undefined) return found.name;
    throw new WmisecError(
      'INVALID_ARGUMENT',
      `expected a privilege (wmisec privileges list), got ${JSON.stringify(word.slice(0, 64))}`,
    );
  });
}
