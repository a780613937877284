import { ParseError } from '../errors/parse-error.ts';
import { MofStatus } from '../status/mof-status.ts';

export interface MofProblem {
  readonly code: keyof typeof MofStatus;
  readonly expected: string;
  readonly got: string;
}

/** The error for a place in a MOF text, with the compiler's code. */
export function mofError(source: MofSource, offset: number, problem: MofProblem): ParseError {
  const { code, expected, got } = problem;
  const details = { offset, ...lineOf(source.text, offset), expected, got };
  return new ParseError(code, source.fileName ?? 'MOF', details, { hresult: MofStatus[code] });
}

export interface MofSource {
  readonly text: string;
  /** For messages; null for text from elsewhere. */
  readonly fileName: string | null;
}

function lineOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - start + 1 };
}
