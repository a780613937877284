import { type CWidth, parseDeclaration } from './c-declaration.ts';
import type { InterfaceTable } from './define-interface.ts';

/** Where a method stands in a vtable, in bytes, and the widths of its arguments, `this` first. */
export interface MethodSlot {
  readonly offset: number;
  readonly widths: readonly CWidth[];
}

const known = new WeakMap<InterfaceTable, ReadonlyMap<string, MethodSlot>>();

export function slotOf(table: InterfaceTable, name: string): MethodSlot {
  let slots = known.get(table);
  if (slots === undefined) {
    slots = new Map(Object.entries(table.methods).map(([method, args], i) => [method, slot(args, i)]));
    known.set(table, slots);
  }
  return slots.get(name)!;
}

function slot(args: readonly string[], index: number): MethodSlot {
  return { offset: index * 8, widths: ['int64', ...args.map((arg) => parseDeclaration(arg).width)] };
}
