import type { Guid } from '@wmisec/wbem';
import type { InterfaceTable } from './define-interface.ts';
import * as client from './interfaces/client.ts';
import * as login from './interfaces/login.ts';
import * as provider from './interfaces/provider.ts';
import * as security from './interfaces/security.ts';
import * as unknown from './interfaces/unknown.ts';

export interface InterfaceDescription {
  readonly name: string;
  readonly iid: Guid;
  /** Every method with its slot from 0, inherited ones first. */
  readonly methods: readonly { readonly name: string; readonly slot: number }[];
}

/** Every interface table of this package. */
export function allInterfaces(): InterfaceTable[] {
  return [unknown, security, client, provider, login].flatMap((tables) => Object.values(tables));
}

/**
 * The COM interfaces that this package can call, as plain data; works on any system.
 * @see docs/rules.md 10.2
 */
export function describeInterfaces(): InterfaceDescription[] {
  return allInterfaces().map(({ name, iid, methods }) => ({
    name,
    iid,
    methods: Object.keys(methods).map((method, slot) => ({ name: method, slot })),
  }));
}
