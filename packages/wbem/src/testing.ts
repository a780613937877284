import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Expects an error of wmisec with that code. */
export function expectCode(run: () => unknown, code: string): void {
  expect(run).toThrow(expect.objectContaining({ code }));
}

/** The folder of mingw-w64's headers, an independent witness for constants; undefined where there is none. */
export const sdkHeaders = ['/usr/x86_64-w64-mingw32/include', '/usr/share/mingw-w64/include'].find((folder) =>
  existsSync(join(folder, 'wbemcli.h')),
);

/** The constants of the named headers, enumerators and macros, unsigned. */
export function sdkConstants(...files: string[]): ReadonlyMap<string, number> {
  const text = files.map((file) => readFileSync(join(sdkHeaders!, file), 'latin1')).join('\n');
  const enumerators = text.matchAll(/^\s*(\w+) = (0x[\da-f]+|\d+)/gim);
  const macros = text.matchAll(/^#define (\w+) \(?(?:[a-z_]\w*\(|\([A-Z]+\))?(0x[\da-f]+|\d+)u?l?\)*\s/gim);
  return new Map([...enumerators, ...macros].map(([, name, value]) => [name!, Number(value) >>> 0]));
}
