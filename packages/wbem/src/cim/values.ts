import type { CimDateTime, CimInterval } from './datetime.ts';
import type { CimClass, CimInstance } from './objects.ts';

/**
 * A CIM value in JavaScript. Integers up to 32 bits and reals are numbers, `sint64` and `uint64` are
 * bigints, `char16` is a string of one UTF-16 unit, a reference is an object path, null is null.
 */
export type CimScalar =
  | boolean
  | number
  | bigint
  | string
  | CimDateTime
  | CimInterval
  | CimClass
  | CimInstance;

export type CimValue = CimScalar | null | readonly (CimScalar | null)[];

/** Properties by name, in the case in which the class declares them. */
export type PropertyBag = Readonly<Record<string, CimValue>>;
