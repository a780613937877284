import type { Sid } from '../sid/sid.ts';

/** `CLAIM_SECURITY_ATTRIBUTE_*` flags. @see [MS-DTYP] 2.4.10.1 */
export const ClaimFlags = {
  NonInheritable: 0x01,
  CaseSensitive: 0x02,
  UseForDenyOnly: 0x04,
  DisabledByDefault: 0x08,
  Disabled: 0x10,
  Mandatory: 0x20,
} as const;

/**
 * The values of a claim. Integers are bigints; octet strings
 * are bytes. An empty list is legal.
 * @see [MS-DTYP] 2.4.10.1
 */
export type ClaimValues =
  | { readonly type: 'int'; readonly values: readonly bigint[] }
  | { readonly type: 'uint'; readonly values: readonly bigint[] }
  | { readonly type: 'string'; readonly values: readonly string[] }
  | { readonly type: 'sid'; readonly values: readonly Sid[] }
  | { readonly type: 'bool'; readonly values: readonly boolean[] }
  | { readonly type: 'octets'; readonly values: readonly Uint8Array[] };

/** A claim of a token: values and a mask of `ClaimFlags` (default 0). */
export type Claim = ClaimValues & { readonly flags?: number };

/** A named claim, as a resource attribute ACE carries it. */
export type ClaimAttribute = Claim & { readonly name: string };
