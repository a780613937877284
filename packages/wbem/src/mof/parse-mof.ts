import { foldName } from '../cim/names.ts';
import type { MofDocument, MofItem } from './mof-syntax.ts';
import { parseObject } from './parse-declarations.ts';
import { parsePragma } from './parse-pragma.ts';
import { parseQualifierDeclaration } from './parse-qualifiers.ts';
import { createTokenReader, type TokenReader } from './token-reader.ts';

export interface ParseMofOptions {
  /** Named in messages; the text is never read from it. */
  readonly fileName?: string;
}

/**
 * Reads MOF: classes, instances, qualifier declarations and pragmas, in order.
 * @throws ParseError with line, column and the compiler's code, `WBEMMOF_E_*`; nothing else.
 * @see DMTF DSP0004 annex A; docs/rules.md 11
 */
export function parseMof(text: string, options: ParseMofOptions = {}): MofDocument {
  const reader = createTokenReader({ text: withoutMark(text), fileName: options.fileName ?? null });
  const items: MofItem[] = [];
  const aliases = new Set<string>();
  while (reader.peek().kind !== 'end') {
    const start = reader.peek();
    const item = parseItem(reader);
    items.push(item);
    const alias = 'alias' in item ? item.alias : null;
    if (alias === null) continue;
    if (aliases.has(foldName(alias)))
      throw reader.fail('WBEMMOF_E_MULTIPLE_ALIASES', `the alias $${alias} for one object`, start);
    aliases.add(foldName(alias));
  }
  return { items };
}

function parseItem(reader: TokenReader): MofItem {
  if (reader.peek().text === '#') return parsePragma(reader);
  if (reader.isWord('qualifier')) return parseQualifierDeclaration(reader);
  const object = parseObject(reader);
  if (object === null)
    throw reader.fail('WBEMMOF_E_UNRECOGNIZED_TOKEN', 'class, instance of, qualifier or #pragma');
  reader.expect(';', 'WBEMMOF_E_EXPECTED_SEMI');
  return object;
}

/** A text file may begin with a byte order mark. Its column counts none. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
