import { WmisecError, type WmisecErrorOptions } from './wmisec-error.ts';

export interface ParseErrorDetails {
  /** Offset in UTF-16 units (text) or bytes (binary), from 0. */
  readonly offset: number;
  /** Line from 1; absent for single-line and binary input. */
  readonly line?: number | undefined;
  /** Column in UTF-16 units from 1; absent when `line` is. */
  readonly column?: number | undefined;
  readonly expected: string;
  readonly got: string;
}

/** Input that could not be read: where, what was expected there, and what came. */
export class ParseError extends WmisecError {
  static override readonly brand: string = 'ParseError';

  readonly offset: number;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly expected: string;
  readonly got: string;

  constructor(code: string, what: string, details: ParseErrorDetails, options: WmisecErrorOptions = {}) {
    const at =
      details.line === undefined
        ? `offset ${details.offset}`
        : `line ${details.line}, column ${details.column}`;
    super(code, `${what}: at ${at}, expected ${details.expected}, got ${details.got}`, options);
    this.offset = details.offset;
    this.line = details.line;
    this.column = details.column;
    this.expected = details.expected;
    this.got = details.got;
  }

  override toJSON(): Record<string, unknown> {
    const { offset, line, column, expected, got } = this;
    return { ...super.toJSON(), offset, ...(line !== undefined && { line, column }), expected, got };
  }
}
