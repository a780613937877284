import { WmisecError } from '@wmisec/wbem';
import { NAMESPACE_FULL_CONTROL, NamespaceRight } from './namespace-rights.ts';

/**
 * Rights as the security page of Windows names them. `fullWrite` brings the two rights that Windows demands
 * beside it.
 * @see docs/rules.md 9.1, 9.3
 */
const WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    enable: NamespaceRight.WBEM_ENABLE,
    executeMethods: NamespaceRight.WBEM_METHOD_EXECUTE,
    fullWrite:
      NamespaceRight.WBEM_FULL_WRITE_REP |
      NamespaceRight.WBEM_PARTIAL_WRITE_REP |
      NamespaceRight.WBEM_WRITE_PROVIDER,
    partialWrite: NamespaceRight.WBEM_PARTIAL_WRITE_REP,
    providerWrite: NamespaceRight.WBEM_WRITE_PROVIDER,
    remoteEnable: NamespaceRight.WBEM_REMOTE_ACCESS,
    subscribe: NamespaceRight.WBEM_RIGHT_SUBSCRIBE,
    publish: NamespaceRight.WBEM_RIGHT_PUBLISH,
    readSecurity: NamespaceRight.READ_CONTROL,
    editSecurity: NamespaceRight.WRITE_DAC,
    fullControl: NAMESPACE_FULL_CONTROL,
    ...NamespaceRight,
  }).map(([word, mask]) => [word.toLowerCase(), mask]),
);

/**
 * The mask of a list of rights: words (`enable`, `remoteEnable`), SDK names (`WBEM_ENABLE`), in any case.
 * @throws WmisecError `INVALID_ARGUMENT` for a word that is none.
 */
export function parseNamespaceRights(words: readonly string[]): number {
  return words.reduce((mask, word) => mask | maskOf(word), 0) >>> 0;
}

function maskOf(word: string): number {
  const mask = WORDS.get(word.trim().toLowerCase());
  if (mask !== undefined) return mask;
  const known =
    'enable, executeMethods, fullWrite, partialWrite, providerWrite, remoteEnable, readSecurity, editSecurity, fullControl';
  throw new WmisecError(
    'INVALID_ARGUMENT',
    `expected a right (${known}, or its SDK name), got ${JSON.stringify(word)}`,
  );
}
