/**
 * The limits of WMI, `WBEM_LIMITS` of wbemcli.h.
 * @see docs/rules.md 10.3
 */
export const WbemLimits = {
  /** UTF-16 units of a class, property, method or qualifier name. */
  MaxIdentifier: 0x1000,
  /** UTF-16 units of a query. */
  MaxQuery: 0x4000,
  /** UTF-16 units of an object path. */
  MaxPath: 0x2000,
  /** Objects embedded in objects. */
  MaxObjectNesting: 64,
  /** Properties of a class, inherited ones included. */
  MaxUserProperties: 1024,
} as const;
