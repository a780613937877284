/** Words of somebody else on a line of their own: what would move the cursor, or turn letters round, shows as one mark. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '·');
}
