import { type Guid, hresultFromWin32, parseGuid, Win32Error, WmisecError } from '@wmisec/wbem';

/** A node of an object type list: its level from 0 to 4, and its GUID, braces optional. */
export type ObjectTypeEntry = readonly [level: number, type: string];

/**
 * An object type list as a tree: node 0 is the object, and the nodes below node `i` are `i + 1` up to
 * `end[i] - 1`.
 */
export interface ObjectTree {
  readonly size: number;
  readonly indexOf: ReadonlyMap<Guid, number>;
  readonly parent: readonly number[];
  readonly end: readonly number[];
}

const MAX_LEVEL = 4;

/** The tree of a check without an object type list. */
export const SINGLE_NODE: ObjectTree = { size: 1, indexOf: new Map(), parent: [-1], end: [1] };

/**
 * @param entries in the order of `OBJECT_TYPE_LIST`: the object at level 0, each other one at most one level
 * deeper than the entry before it.
 * @throws WmisecError `ERROR_INVALID_PARAMETER` (87) for a list that is out of order or names a type twice.
 * @see https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-accesscheckbytyperesultlist
 */
export function objectTree(entries: readonly ObjectTypeEntry[]): ObjectTree {
  const indexOf = new Map<Guid, number>();
  const parent: number[] = [];
  const path: number[] = [];
  for (const [level, type] of entries) {
    const index = parent.length;
    checkLevel(level, index, path.length);
    path.length = level;
    parent.push(path.at(-1) ?? -1);
    path.push(index);
    const guid = parseGuid(type);
    if (indexOf.has(guid)) throw outOfOrder(`entry ${index} repeats the type ${guid}`);
    indexOf.set(guid, index);
  }
  if (parent.length === 0) throw outOfOrder('the list is empty');
  return { size: parent.length, indexOf, parent, end: ends(parent) };
}

function checkLevel(level: number, index: number, deepest: number): void {
  const lowest = index === 0 ? 0 : 1;
  const highest = Math.min(deepest, MAX_LEVEL);
  if (!Number.isInteger(level) || level < lowest || level > highest)
    throw outOfOrder(`expected level ${lowest} to ${highest} at entry ${index}, got ${level}`);
}

function ends(parent: readonly number[]): number[] {
  const end = parent.map((_, i) => i + 1);
  for (let i = parent.length - 1; i > 0; i--) {
    const above = parent[i]!;
    end[above] = Math.max(end[above]!, end[i]!);
  }
  return end;
}

function outOfOrder(message: string): WmisecError {
  return new WmisecError('ERROR_INVALID_PARAMETER', `object type list: ${message}`, {
    hresult: hresultFromWin32(Win32Error.ERROR_INVALID_PARAMETER),
  });
}
