interface Quoted {
  readonly value: string;
  /** Where the text goes on behind the closing quote. */
  readonly end: number;
}

/** Why no string could be read. */
interface Unquoted {
  readonly offset: number;
  readonly expected: string;
}

/** A string between double quotes, with a backslash before quotes and backslashes. */
export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** The string whose opening quote, of either kind, stands at the offset. A backslash escapes `\`, `"` and `'`. */
export function readQuoted(text: string, offset: number): Quoted | Unquoted {
  const closing = text[offset];
  let value = '';
  for (let at = offset + 1; at < text.length; at++) {
    if (text[at] === closing) return { value, end: at + 1 };
    if (text[at] === '\\' && !isEscapable(text[++at]))
      return { offset: at, expected: 'a backslash or a quote after a backslash' };
    value += text[at];
  }
  return { offset: text.length, expected: `a closing ${closing}` };
}

function isEscapable(character: string | undefined): boolean {
  return character === '\\' || character === '"' || character === "'";
}
