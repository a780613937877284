import { closeSync, fstatSync, readSync, writeSync } from 'node:fs';
import { archiveName } from './archive-name.ts';
import { fileError } from './file-error.ts';
import type { LogFile } from './log-file-handle.ts';

export interface AppendOptions {
  /** Whether a new file is UTF-16; one that is there stays what it is. */
  readonly isUnicode: boolean;
  /** Bytes past which a file is put aside before the next line; 0 for none. */
  readonly maximumSize: number;
}

const END_OF_LINE = '\r\n';
const BYTE_ORDER_MARK = Buffer.from([0xff, 0xfe]);

/**
 * Appends a line. The size is looked at before, so that a file may be larger by one line.
 * @throws WbemError what `fileError` makes of the errors of the system.
 * @see docs/rules.md 9.15
 */
export function appendLine(file: LogFile, text: string, { isUnicode, maximumSize }: AppendOptions): void {
  fileError(() => {
    const descriptor = sizedDescriptor(file, maximumSize);
    try {
      writeAll(descriptor, encoded(descriptor, `${text}${END_OF_LINE}`, isUnicode));
    } finally {
      closeSync(descriptor);
    }
  });
}

function sizedDescriptor(file: LogFile, maximumSize: number): number {
  const descriptor = file.descriptor();
  if (maximumSize === 0 || fstatSync(descriptor).size <= maximumSize) return descriptor;
  closeSync(descriptor);
  file.rename(archiveName(file.name, file.siblings()));
  return file.descriptor();
}

function encoded(descriptor: number, line: string, isUnicode: boolean): Buffer {
  const start = Buffer.alloc(BYTE_ORDER_MARK.length);
  const length = readSync(descriptor, start, 0, start.length, 0);
  if (length === 0 && isUnicode) return Buffer.concat([BYTE_ORDER_MARK, Buffer.from(line, 'utf16le')]);
  return Buffer.from(line, start.equals(BYTE_ORDER_MARK) ? 'utf16le' : 'utf8');
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
