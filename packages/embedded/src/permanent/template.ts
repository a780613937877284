import { type CimInstance, WbemError, WbemStatus } from '@wmisec/wbem';
import { eventValue } from './event-value.ts';
import { valueText } from './value-text.ts';

/** A piece of a template: text as it stands, or what a property of the event holds. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'property'; readonly path: readonly string[] };

/** UTF-16 units that a template may become. */
export const MAX_EXPANDED = 1 << 16;

/** `%%`, a property between percent signs, text in quotes with the quotes, or anything else. */
const PART = /%%|%([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)%|"[^"]*"?|[^%"]+|%/g;

/**
 * Reads a standard string template. Any text is one: a percent sign that begins nothing stands for itself.
 * @see Microsoft, "Using Standard String Templates"
 */
export function parseTemplate(text: string): TemplatePart[] {
  return Array.from(text.matchAll(PART), ([whole, property]) => {
    if (property !== undefined) return { kind: 'property', path: property.split('.') };
    return { kind: 'text', text: whole === '%%' ? '%' : whole };
  });
}

/**
 * What a template becomes for an event.
 * @param clean is applied to what comes from the event, never to the template's own text.
 * @throws WbemError `WBEM_E_QUOTA_VIOLATION` when that is longer than `MAX_EXPANDED`.
 */
export function expandTemplate(
  parts: readonly TemplatePart[],
  event: CimInstance,
  clean: (text: string) => string,
): string {
  let expanded = '';
  for (const part of parts) {
    expanded += part.kind === 'text' ? part.text : clean(valueText(eventValue(event, part.path)));
    if (expanded.length > MAX_EXPANDED) throw tooLong();
  }
  return expanded;
}

/** Spells out the control characters of what comes from events: it stays on its line, and is seen as what it is. */
export function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => NAMES.get(character) ?? escaped(character));
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['\t', '\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function tooLong(): WbemError {
  return new WbemError(
    WbemStatus.WBEM_E_QUOTA_VIOLATION,
    `a template becomes ${MAX_EXPANDED} characters at most, and this one is longer`,
  );
}
