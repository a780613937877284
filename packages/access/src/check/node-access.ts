import type { ObjectTree } from './object-tree.ts';

/** What a walk has decided so far, for each node of the tree. A bit is in one of the two at most. */
export interface NodeAccess {
  readonly allowed: number[];
  readonly denied: number[];
}

export function noAccess({ size }: ObjectTree): NodeAccess {
  if (size === 1) return { allowed: [0], denied: [0] };
  return { allowed: new Array<number>(size).fill(0), denied: new Array<number>(size).fill(0) };
}

/**
 * Allows what has not been denied before, on a node and everything below it. A node above holds what all of
 * its children hold: Windows reports for element 0 the access to the listed subset as a whole, where the text
 * of [MS-DTYP] 2.5.3.2 leaves ancestors as they were.
 */
export function allowAt(access: NodeAccess, tree: ObjectTree, node: number, mask: number): void {
  const { allowed, denied } = access;
  for (let i = node; i < tree.end[node]!; i++) allowed[i]! |= mask & ~denied[i]!;
  for (let above = tree.parent[node]!; above >= 0; above = tree.parent[above]!)
    allowed[above]! |= commonToChildren(allowed, tree, above) & ~denied[above]!;
}

/** Denies what has not been allowed before: on a node, below it, and on all nodes above it. */
export function denyAt(access: NodeAccess, tree: ObjectTree, node: number, mask: number): void {
  const { allowed, denied } = access;
  for (let i = node; i < tree.end[node]!; i++) denied[i]! |= mask & ~allowed[i]!;
  for (let above = tree.parent[node]!; above >= 0; above = tree.parent[above]!)
    denied[above]! |= denied[node]! & ~allowed[above]!;
}

function commonToChildren(allowed: readonly number[], tree: ObjectTree, node: number): number {
  let common = -1;
  for (let child = node + 1; child < tree.end[node]!; child = tree.end[child]!) common &= allowed[child]!;
  return common;
}
