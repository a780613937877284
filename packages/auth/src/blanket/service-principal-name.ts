/**
 * Whether a text has the form of an SPN: `class/host`, `class/host:port` or `class/host/name`.
 * @see docs/rules.md 8.4
 */
export function isServicePrincipalName(text: string): boolean {
  return /^[^/\s\0]+(\/[^/\s\0]+){1,2}$/.test(text);
}
