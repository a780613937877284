/**
 * Names of attributes in SDDL. A simple name has letters, digits and `: . / _`, and `@` behind the first; a name
 * behind `@User.` and its like has more punctuation, and `%` with four hex digits for any other unit.
 * @see [MS-DTYP] 2.5.1.1, attr-name1 and attr-name2
 */
const SIMPLE = /[A-Za-z0-9:./_][A-Za-z0-9:./_@]*/y;
const PREFIXED = /(?:[A-Za-z0-9:./_#$'*+\-;?@[\\\]^`{}~\u0080-\uffff]|%[0-9A-Fa-f]{4})+/y;
const UNPRINTED = /[^A-Za-z0-9:./_#$'*+\-;?@[\\\]^`{}~]/g;

/** The simple name at an offset; empty when there is none. */
export function simpleNameAt(text: string, at: number): string {
  return matchAt(SIMPLE, text, at);
}

/** The name behind a prefix at an offset, as it is written; empty when there is none. */
export function prefixedNameAt(text: string, at: number): string {
  return matchAt(PREFIXED, text, at);
}

export function isSimpleName(name: string): boolean {
  return name !== '' && simpleNameAt(name, 0) === name;
}

/** The name that is meant by one with `%` and four hex digits in it. */
export function unescapeName(written: string): string {
  return written.replace(/%([0-9A-Fa-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

export function escapeName(name: string): string {
  return name.replace(UNPRINTED, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
