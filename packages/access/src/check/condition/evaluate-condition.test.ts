import { describe, expect, test } from 'vitest';
import type { Claim } from '../../descriptor/claim-attribute.ts';
import type { Condition, ConditionOperand, RelationalOperator } from '../../descriptor/condition.ts';
import type { Sid } from '../../sid/sid.ts';
import { GroupAttributes, type Token } from '../../token/token.ts';
import { prepareToken } from '../prepare-token.ts';
import { conditionContext } from './condition-context.ts';
import { evaluateCondition } from './evaluate-condition.ts';

const BA: Sid = 'S-1-5-32-544';
const AU: Sid = 'S-1-5-11';
const USER: Sid = 'S-1-5-21-1-2-3-1000';

const user = (name: string): ConditionOperand => ({ kind: 'attribute', source: 'user', name });
const int = (value: bigint): ConditionOperand => ({ kind: 'int', value, size: 8, sign: 'none', base: 10 });
const text = (value: string): ConditionOperand => ({ kind: 'string', value });
const sid = (value: Sid): ConditionOperand => ({ kind: 'sid', value });
const list = (...values: ConditionOperand[]): ConditionOperand => ({ kind: 'composite', values });
const relation = (
  left: ConditionOperand,
  operator: RelationalOperator,
  right: ConditionOperand,
): Condition => ({
  kind: 'relation',
  operator,
  left,
  right,
});

function shown(operand: ConditionOperand): string {
  if (operand.kind === 'attribute') return operand.name;
  return operand.kind === 'composite' ? `{${operand.values.map(shown)}}` : String(operand.value);
}

const CLAIMS: Record<string, Claim> = {
  Level: { type: 'int', values: [5n] },
  Zero: { type: 'uint', values: [0n] },
  Title: { type: 'string', values: ['VP'] },
  Exact: { type: 'string', values: ['VP'], flags: 0x2 },
  Teams: { type: 'string', values: ['Sales', 'HR'] },
  Smartcard: { type: 'bool', values: [true] },
  Hash: { type: 'octets', values: [Uint8Array.of(1, 2)] },
  Empty: { type: 'string', values: [] },
  Blank: { type: 'string', values: [''] },
  Off: { type: 'int', values: [1n], flags: 0x10 },
  DenyOnly: { type: 'int', values: [1n], flags: 0x4 },
};

const TOKEN: Token = {
  user: USER,
  groups: [BA, { sid: AU, attributes: GroupAttributes.UseForDenyOnly }],
  deviceGroups: ['S-1-5-32-573'],
  userClaims: CLAIMS,
};

function evaluate(condition: Condition, deny = false) {
  const context = conditionContext({ resource: new Map() }, prepareToken(TOKEN));
  return evaluateCondition(condition, context, deny);
}

const YES = relation(user('Level'), '==', int(5n));
const NO = relation(user('Level'), '==', int(6n));
const UNKNOWN = relation(user('Absent'), '==', int(1n));
const ERROR = relation(user('Level'), '==', text('5'));

describe('[MS-DTYP] 2.4.4.17.6 relational operators', () => {
  test.each<[ConditionOperand, RelationalOperator, ConditionOperand, boolean | null]>([
    [user('Level'), '<', int(6n), true],
    [user('Level'), '<=', int(5n), true],
    [user('Level'), '>', int(5n), false],
    [user('Level'), '>=', int(5n), true],
    [user('Level'), '!=', int(5n), false],
    [user('level'), '==', int(5n), true],
    [user('Title'), '==', text('vp'), true],
    [user('Exact'), '==', text('vp'), false],
    [user('Title'), '<', text('VPN'), true],
    [user('Smartcard'), '==', int(1n), true],
    [user('Smartcard'), '==', int(2n), false],
    [user('Smartcard'), '<', int(1n), null],
    [user('Hash'), '==', { kind: 'octets', value: Uint8Array.of(1, 2) }, true],
    [user('Hash'), '<', { kind: 'octets', value: Uint8Array.of(1, 2, 0) }, true],
    [user('Teams'), '==', list(text('hr'), text('sales')), true],
    [user('Teams'), '==', list(text('hr')), false],
    [user('Teams'), '!=', list(text('hr')), true],
    [user('Teams'), '==', list(text('hr'), text('sales'), text('HR')), true],
    [user('Teams'), '==', text('hr'), null],
    [user('Level'), '==', list(int(5n)), null],
    [user('Level'), '!=', list(int(5n)), null],
    [user('Teams'), '<', text('Z'), null],
    [user('Teams'), 'Contains', text('HR'), true],
    [user('Teams'), 'Contains', list(text('HR'), text('IT')), false],
    [user('Teams'), 'Not_Contains', list(text('HR'), text('IT')), true],
    [user('Teams'), 'Any_of', list(text('IT'), text('HR')), true],
    [user('Teams'), 'Not_Any_of', list(text('IT')), true],
    [user('Level'), 'Any_of', list(int(4n), int(5n)), true],
    [user('Level'), 'Contains', list(), null],
    [user('Level'), 'Any_of', list(), false],
    [user('Level'), 'Any_of', list(text('x'), int(5n)), null],
    [user('Level'), '==', text('5'), null],
    [user('Absent'), '!=', int(1n), null],
    [user('Empty'), 'Contains', text('x'), null],
    [user('Level'), '==', user('Absent'), null],
    [int(5n), '==', user('Level'), null],
  ])('relation %#', (left, operator, right, expected) => {
    expect(evaluate(relation(left, operator, right)), `${shown(left)} ${operator} ${shown(right)}`).toBe(
      expected,
    );
  });

  test('the sign of a literal overrides its bits', () => {
    const minus: ConditionOperand = { kind: 'int', value: 5n, size: 8, sign: 'minus', base: 10 };
    expect(evaluate(relation(user('Level'), '>', minus))).toBe(true);
    const unsigned: ConditionOperand = { kind: 'int', value: -1n, size: 8, sign: 'none', base: 16 };
    expect(evaluate(relation(user('Level'), '<', unsigned))).toBe(true);
  });
});

describe('[MS-DTYP] 2.4.4.17.6 membership', () => {
  const member = (operator: string, operand: ConditionOperand): Condition =>
    ({ kind: 'member', operator, operand }) as Condition;

  test.each<[string, ConditionOperand, boolean | null]>([
    ['Member_of', sid(BA), true],
    ['Member_of', list(sid(BA), sid(USER)), true],
    ['Member_of', list(sid(BA), sid(AU)), false],
    ['Member_of_Any', list(sid(AU), sid(BA)), true],
    ['Not_Member_of', sid(BA), false],
    ['Not_Member_of_Any', list(sid(AU)), true],
    ['Device_Member_of', sid('S-1-5-32-573'), true],
    ['Device_Member_of_Any', list(sid(BA)), false],
    ['Not_Device_Member_of', list(sid(BA)), true],
    ['Member_of', list(), null],
    ['Not_Member_of_Any', list(), null],
    ['Member_of', int(1n), null],
    ['Member_of', list(sid(BA), text('x')), null],
    ['Member_of', user('Title'), null],
  ])('%s, case %#', (operator, operand, expected) => {
    expect(evaluate(member(operator, operand)), shown(operand)).toBe(expected);
  });

  test('a deny-only group is a member in an entry that denies', () => {
    expect(evaluate(member('Member_of', sid(AU)), true)).toBe(true);
  });
});

describe('[MS-DTYP] 2.4.4.17.7 logic', () => {
  const values = { true: YES, false: NO, null: UNKNOWN } as const;
  type Name = keyof typeof values;
  const and = (left: Condition, right: Condition): Condition => ({ kind: 'and', left, right });
  const or = (left: Condition, right: Condition): Condition => ({ kind: 'or', left, right });

  test.each<[Name, Name, boolean | null, boolean | null]>([
    ['true', 'true', true, true],
    ['true', 'false', false, true],
    ['true', 'null', null, true],
    ['false', 'true', false, true],
    ['false', 'false', false, false],
    ['false', 'null', false, null],
    ['null', 'true', null, true],
    ['null', 'false', false, null],
    ['null', 'null', null, null],
  ])('%s and/or %s', (left, right, both, either) => {
    expect(evaluate(and(values[left], values[right]))).toBe(both);
    expect(evaluate(or(values[left], values[right]))).toBe(either);
  });

  test('not turns true and false around and leaves unknown', () => {
    const not = (operand: Condition): Condition => ({ kind: 'not', operand });
    expect([YES, NO, UNKNOWN].map((c) => evaluate(not(c)))).toEqual([false, true, null]);
  });

  test('an error anywhere makes the whole unknown', () => {
    expect(evaluate(or(YES, ERROR))).toBe(null);
    expect(evaluate(and(NO, ERROR))).toBe(null);
  });

  test.each<[string, boolean | null]>([
    ['Level', true],
    ['Zero', false],
    ['Title', true],
    ['Blank', false],
    ['Smartcard', true],
    ['Hash', null],
    ['Teams', null],
    ['Absent', null],
    ['Empty', null],
  ])('the attribute %s standing alone', (name, expected) => {
    expect(evaluate({ kind: 'operand', operand: user(name) })).toBe(expected);
  });

  test('a literal standing alone is an error', () => {
    expect(evaluate(or(YES, { kind: 'operand', operand: int(1n) }))).toBe(null);
  });

  test('exists asks for a claim that is there and enabled', () => {
    const exists = (name: string): Condition => ({ kind: 'exists', operand: user(name) });
    expect(['Level', 'Absent', 'Empty', 'Off'].map((name) => evaluate(exists(name)))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(evaluate({ kind: 'notExists', operand: user('Absent') })).toBe(true);
    expect(evaluate({ kind: 'exists', operand: int(1n) })).toBe(null);
  });

  test('a claim for deny only counts in entries that deny', () => {
    const condition = relation(user('DenyOnly'), '==', int(1n));
    expect(evaluate(condition, false)).toBe(null);
    expect(evaluate(condition, true)).toBe(true);
  });

  test('nesting beyond the limit is unknown, not a stack overflow', () => {
    let deep: Condition = YES;
    for (let i = 0; i < 100_000; i++) deep = { kind: 'not', operand: deep };
    expect(evaluate(deep)).toBe(null);
  });
});
