/** The pieces of a path, each matched where the last one ended. */
export const PathText = {
  server: /[^\s\\/"'=*?<>|]+/y,
  segment: /[^\s\\/"'=.:*?<>|]+/y,
  identifier: /[a-z_\u0080-\uffef][0-9a-z_\u0080-\uffef]*/iy,
  number: /-?(?:0x[0-9a-f]+|\d+)(?![0-9a-z_.])/iy,
} as const;

/** True when the pattern, sticky, matches the whole text. */
export function isWhole(pattern: RegExp, text: string): boolean {
  return matchAt(pattern, text, 0) === text && text !== '';
}

/** What a sticky pattern matches at an offset; the empty string for nothing. */
export function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? '';
}
