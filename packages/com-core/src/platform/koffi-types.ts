import type koffi from 'koffi';

export type Koffi = typeof koffi;

/** What `koffi.proto` makes. */
export type KoffiType = ReturnType<Koffi['proto']>;

/** A C function as koffi presents it: call it, or call `async` with a Node callback at the end. */
export interface KoffiFunction {
  // biome-ignore lint/suspicious/noExplicitAny: a C function takes and returns what its declaration says
  (...args: any[]): any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly async: (...args: any[]) => void;
}
