import { hresultFromWin32, ParseError, Win32Error } from '@wmisec/wbem';
import type { Sid } from '../sid/sid.ts';

const SHOWN = 40;
const BLANK = 0x20;
const TAB = 0x09;
const RETURN = 0x0d;

/** Reads one SDDL text from left to right. */
export class SddlCursor {
  readonly text: string;
  readonly domain: Sid | undefined;
  /** The next UTF-16 unit, from 0. */
  at = 0;

  constructor(text: string, domain: Sid | undefined) {
    this.text = text;
    this.domain = domain;
  }

  /** The code of the next unit, NaN at the end. */
  peek(): number {
    return this.text.charCodeAt(this.at);
  }

  skipBlanks(): void {
    let c = this.text.charCodeAt(this.at);
    while (c === BLANK || (c >= TAB && c <= RETURN)) c = this.text.charCodeAt(++this.at);
  }

  expect(code: number): void {
    if (this.peek() !== code) throw this.error(this.at, JSON.stringify(String.fromCharCode(code)));
    this.at++;
  }

  error(offset: number, expected: string): ParseError {
    const { text } = this;
    const got = offset >= text.length ? 'the end' : JSON.stringify(text.slice(offset, offset + SHOWN));
    const hresult = hresultFromWin32(Win32Error.ERROR_INVALID_PARAMETER);
    return new ParseError('INVALID_SDDL', 'SDDL', { offset, expected, got }, { hresult });
  }
}
