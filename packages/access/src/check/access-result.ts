/** What a check says about one node of an object type list. */
export interface NodeResult {
  readonly granted: boolean;
  /** Unsigned; 0 when denied. */
  readonly mask: number;
}

/** What a check decided. */
export interface AccessResult extends NodeResult {
  /** Why it was denied, when it was not the entries: a right that only a privilege gives. */
  readonly code?: 'ERROR_PRIVILEGE_NOT_HELD';
  /** With an object type list: one result per entry, in its order. The first is the object itself. */
  readonly nodes?: readonly NodeResult[];
}
