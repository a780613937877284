import type { CimInstance } from '@wmisec/wbem';
import { expandTemplate, parseTemplate, type TemplatePart } from '../template.ts';

/**
 * The arguments of a command line's template, each still a template: split before anything of an event is put in, so
 * that an event cannot add arguments. White space separates, quotes hold together and are dropped.
 * @see docs/rules.md 9.15
 */
export function splitCommandLine(template: string): TemplatePart[][] {
  const split: TemplatePart[][] = [];
  let current: TemplatePart[] | null = null;
  for (const part of parseTemplate(template)) {
    if (part.kind === 'property') {
      current ??= startOf(split);
      current.push(part);
      continue;
    }
    for (const [piece] of part.text.matchAll(/\s+|"[^"]*"?|[^\s"]+/g)) {
      if (/^\s/.test(piece)) {
        current = null;
        continue;
      }
      current ??= startOf(split);
      current.push({ kind: 'text', text: piece.replaceAll('"', '') });
    }
  }
  return split;
}

/** The text of a template that no event takes part in; null for another one. */
export function fixedText(parts: readonly TemplatePart[]): string | null {
  let fixed = '';
  for (const part of parts) {
    if (part.kind === 'property') return null;
    fixed += part.text;
  }
  return fixed;
}

/** What the arguments become for an event. @throws WbemError what `expandTemplate` throws. */
export function expandArguments(split: readonly (readonly TemplatePart[])[], event: CimInstance): string[] {
  return split.map((parts) => expandTemplate(parts, event, (text) => text));
}

function startOf(split: TemplatePart[][]): TemplatePart[] {
  const next: TemplatePart[] = [];
  split.push(next);
  return next;
}
