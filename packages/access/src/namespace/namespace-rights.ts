import type { GenericMapping } from '../check/generic-mapping.ts';

/**
 * The rights of a WMI namespace and of events, `WBEM_SECURITY_FLAGS`.
 * @see docs/rules.md 9.1
 */
export const NamespaceRight = {
  WBEM_ENABLE: 0x1,
  WBEM_METHOD_EXECUTE: 0x2,
  WBEM_FULL_WRITE_REP: 0x4,
  WBEM_PARTIAL_WRITE_REP: 0x8,
  WBEM_WRITE_PROVIDER: 0x10,
  WBEM_REMOTE_ACCESS: 0x20,
  WBEM_RIGHT_SUBSCRIBE: 0x40,
  WBEM_RIGHT_PUBLISH: 0x80,
  READ_CONTROL: 0x20000,
  WRITE_DAC: 0x40000,
} as const;

/** Every right that a namespace has. */
export const NAMESPACE_FULL_CONTROL = 0x6003f;

/** @see docs/rules.md 12.3, WMI profile */
export const NAMESPACE_MAPPING: GenericMapping = {
  read: 0x1,
  write: 0x1c,
  execute: 0x2,
  all: NAMESPACE_FULL_CONTROL,
};

/** The SDK names of the rights in a mask, in the order of their bits; unknown bits as hex. */
export function namespaceRightNames(mask: number): string[] {
  const names: string[] = [];
  let rest = mask >>> 0;
  for (const [name, bit] of Object.entries(NamespaceRight)) {
    if ((rest & bit) !== 0) {
      names.push(name);
      rest = (rest & ~bit) >>> 0;
    }
  }
  if (rest !== 0) names.push(`0x${rest.toString(16).toUpperCase()}`);
  return names;
}
