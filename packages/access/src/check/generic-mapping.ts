/** What the four generic rights mean for a kind of object, `GENERIC_MAPPING`. */
export interface GenericMapping {
  readonly read: number;
  readonly write: number;
  readonly execute: number;
  readonly all: number;
}
