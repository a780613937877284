/**
 * The properties of the event that a template reads: `%TargetInstance.Name%`; `%%` is a percent sign. Those between
 * quotes count as well, although WMI leaves them as they are.
 * @see Microsoft, "Using Standard String Templates"
 */
export function templateFields(text: string): string[] {
  return Array.from(text.matchAll(/%([^%]*)%/g), ([, name]) => name!).filter((name) => name !== '');
}
