import { expect, test } from 'vitest';
import { type Ace, AceType } from '../descriptor/ace.ts';
import { NULL_ACL } from '../descriptor/security-descriptor.ts';
import { checkAccess } from './check-access.ts';
import type { ObjectTypeEntry } from './object-tree.ts';
import { allow, BA, DENIED, deny, granted, MAXIMUM_ALLOWED, SY, sd, token, withDacl } from './testing.ts';

const guid = (digit: number) => `{00000000-0000-0000-0000-00000000000${digit}}` as const;
const OBJECT = guid(0);
const SET_1 = guid(1);
const A = guid(2);
const B = guid(3);
const SET_2 = guid(4);
const C = guid(5);
const UNLISTED = guid(9);

/** An object with the property sets 1 (properties A and B) and 2 (property C). */
const TREE: readonly ObjectTypeEntry[] = [
  [0, OBJECT],
  [1, SET_1],
  [2, A],
  [2, B],
  [1, SET_2],
  [2, C],
];

const allowType = (mask: number, type: Ace['objectType']): Ace =>
  allow(mask, BA, { type: AceType.AccessAllowedObject, ...(type && { objectType: type }) });
const denyType = (mask: number, type: Ace['objectType']): Ace =>
  deny(mask, BA, { type: AceType.AccessDeniedObject, ...(type && { objectType: type }) });

function nodes(desired: number, ...aces: Ace[]) {
  return checkAccess(sd(SY, ...aces), token(BA), desired, { tree: TREE }).nodes?.map(({ mask }) => mask);
}

test('a right on the object holds for everything below it', () => {
  expect(nodes(0x1, allow(0x1, BA))).toEqual([1, 1, 1, 1, 1, 1]);
});

test('a right on a property set holds for its properties and not for the object', () => {
  expect(nodes(0x1, allowType(0x1, SET_1))).toEqual([0, 1, 1, 1, 0, 0]);
  expect(checkAccess(sd(SY, allowType(0x1, SET_1)), token(BA), 0x1, { tree: TREE }).granted).toBe(false);
});

test('what all parts of the list have, the whole has', () => {
  expect(nodes(0x1, allowType(0x1, A), allowType(0x1, B))).toEqual([0, 1, 1, 1, 0, 0]);
  expect(nodes(0x1, allowType(0x1, SET_1), allowType(0x1, C))).toEqual([1, 1, 1, 1, 1, 1]);
});

test('a deny on a property is a deny on the set and the object above it', () => {
  expect(nodes(0x1, denyType(0x1, A), allow(0x1, BA))).toEqual([0, 0, 0, 1, 1, 1]);
});

test('a deny behind the allow that covers it has no effect', () => {
  expect(nodes(0x1, allow(0x1, BA), denyType(0x1, A))).toEqual([1, 1, 1, 1, 1, 1]);
});

test('each node has its own maximum', () => {
  expect(nodes(MAXIMUM_ALLOWED, denyType(0x2, B), allow(0x3, BA), allowType(0x4, SET_2))).toEqual([
    1, 1, 3, 1, 7, 7,
  ]);
});

test('an entry for a type outside the list is ignored', () => {
  expect(nodes(0x1, denyType(0x1, UNLISTED), allow(0x1, BA))).toEqual([1, 1, 1, 1, 1, 1]);
});

test('an object entry without a type is for the whole object', () => {
  expect(nodes(0x1, allowType(0x1, undefined))).toEqual([1, 1, 1, 1, 1, 1]);
});

test('rules 12.3: without a list, a typed allow grants nothing and a typed deny denies', () => {
  expect(checkAccess(sd(SY, allowType(0x1, A)), token(BA), 0x1)).toEqual(DENIED);
  expect(checkAccess(sd(SY, denyType(0x1, A), allow(0x1, BA)), token(BA), 0x1)).toEqual(DENIED);
  expect(checkAccess(sd(SY, allowType(0x1, undefined)), token(BA), 0x1)).toEqual(granted(0x1));
});

test('without a DACL every node is granted', () => {
  const { nodes: open } = checkAccess(withDacl(NULL_ACL), token(BA), 0x1, { tree: TREE });
  expect(open).toEqual(TREE.map(() => granted(0x1)));
});

test('a refusal before the DACL holds for every node', () => {
  const { nodes: refused } = checkAccess(sd(SY, allow(0x1, BA)), token(BA), 0, { tree: TREE });
  expect(refused).toEqual(TREE.map(() => DENIED));
});

test.each<[string, readonly ObjectTypeEntry[]]>([
  ['is empty', []],
  ['does not begin at level 0', [[1, A]]],
  [
    'has two objects',
    [
      [0, A],
      [0, B],
    ],
  ],
  [
    'skips a level',
    [
      [0, A],
      [2, B],
    ],
  ],
  [
    'goes too deep',
    [
      [0, OBJECT],
      [1, SET_1],
      [2, A],
      [3, B],
      [4, C],
      [5, UNLISTED],
    ],
  ],
  [
    'repeats a type',
    [
      [0, A],
      [1, A],
    ],
  ],
  [
    'has half a level',
    [
      [0, A],
      [0.5, B],
    ],
  ],
])('a list that %s is refused', (_, tree) => {
  expect(() => checkAccess(sd(SY), token(BA), 0x1, { tree })).toThrow(
    expect.objectContaining({ code: 'ERROR_INVALID_PARAMETER', hresult: 0x80070057 }),
  );
});
