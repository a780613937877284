import type { Sid } from '../sid/sid.ts';

/** Where an entry counts: in its namespace, in those below, or in both. */
export type AppliesTo = 'this' | 'children' | 'thisAndChildren';

export interface PolicyEntry {
  readonly effect: 'allow' | 'deny';
  readonly sid: Sid;
  /** A mask of `NamespaceRight`. */
  readonly mask: number;
  readonly appliesTo: AppliesTo;
}

/** What is wanted of one namespace. */
export interface NamespacePolicy {
  /** Such as `root\cimv2`. */
  readonly namespace: string;
  /**
   * `add` settles the SIDs that are named and leaves other entries alone; `exact` leaves no other entry of
   * the namespace's own.
   */
  readonly mode: 'add' | 'exact';
  readonly entries: readonly PolicyEntry[];
  /** SIDs that keep no entry of the namespace's own. */
  readonly revoke: readonly Sid[];
  /** Absent leaves it as it is. */
  readonly requiresEncryption?: boolean;
}

/** Who may do what in which namespaces. */
export interface Policy {
  readonly namespaces: readonly NamespacePolicy[];
}
