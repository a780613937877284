/** Words that cannot begin the name of a property or be the name of a class, in capitals. */
const RESERVED: ReadonlySet<string> = new Set(['FROM', 'WHERE', 'AND', 'OR', 'NOT', 'NULL', 'TRUE', 'FALSE']);

/**
 * True for a word that a query reads as something else than a name. Other keywords may be names.
 * @see Microsoft, "WQL (SQL for WMI)"
 */
export function isReservedWord(word: string): boolean {
  return RESERVED.has(word.toUpperCase());
}
