/** A place in a text, and how an error at a place of it is made. */
export interface SidCursor {
  readonly text: string;
  at: number;
  error(offset: number, expected: string): Error;
}
