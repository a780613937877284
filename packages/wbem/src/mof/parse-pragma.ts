import type { MofStatus } from '../status/mof-status.ts';
import type { MofPragma, MofPragmaName } from './mof-syntax.ts';
import { parseStrings } from './parse-value.ts';
import type { TokenReader } from './token-reader.ts';

interface PragmaRule {
  readonly min: number;
  readonly max: number;
  readonly code: keyof typeof MofStatus;
  readonly expected: string;
  /** Whether an argument is right at its place. */
  readonly accepts?: (argument: string, index: number) => boolean;
}

const CLASS_FLAGS = ['createonly', 'forceupdate', 'safeupdate', 'updateonly'];
const INSTANCE_FLAGS = ['createonly', 'updateonly'];

const locale: PragmaRule = { min: 1, max: 1, code: 'WBEMMOF_E_INVALID_PRAGMA', expected: '("locale")' };
const flags = (words: readonly string[]): PragmaRule => ({
  min: 1,
  max: words.length,
  code: 'WBEMMOF_E_INVALID_FLAGS_SYNTAX',
  expected: `flags among ${words.join(', ')}`,
  accepts: (argument) => words.includes(argument),
});
const deletion = (code: PragmaRule['code'], expected: string): PragmaRule => ({
  min: 2,
  max: 2,
  code,
  expected,
  accepts: (argument, index) => index === 0 || argument === 'fail' || argument === 'nofail',
});

const rules: Readonly<Record<MofPragmaName, PragmaRule>> = {
  amendment: locale,
  autorecover: { min: 0, max: 0, code: 'WBEMMOF_E_INVALID_PRAGMA', expected: 'autorecover alone' },
  classflags: flags(CLASS_FLAGS),
  deleteclass: deletion('WBEMMOF_E_INVALID_DELETECLASS_SYNTAX', '("Class", fail or nofail)'),
  deleteinstance: deletion('WBEMMOF_E_INVALID_DELETEINSTANCE_SYNTAX', '("path", fail or nofail)'),
  include: { min: 1, max: 1, code: 'WBEMMOF_E_ERROR_INVALID_INCLUDE_FILE', expected: '("file")' },
  instanceflags: flags(INSTANCE_FLAGS),
  instancelocale: locale,
  locale,
  namespace: { min: 1, max: 1, code: 'WBEMMOF_E_INVALID_NAMESPACE_SYNTAX', expected: '("namespace")' },
};

const folded = new Set<MofPragmaName>(['classflags', 'instanceflags']);
const deletions = new Set<MofPragmaName>(['deleteclass', 'deleteinstance']);

/** `#pragma name(arguments)` or `#include ("file")`, from the `#` on. */
export function parsePragma(reader: TokenReader): MofPragma {
  reader.expect('#', 'WBEMMOF_E_INVALID_PRAGMA');
  const start = reader.peek();
  const name = parsePragmaName(reader);
  const rule = rules[name];
  const given = reader.peek().text === '(' ? parseArguments(reader, rule) : [];
  const normal = given.flatMap((argument, index) => normalize(name, argument, index));
  const right =
    normal.length >= rule.min &&
    normal.length <= rule.max &&
    normal.every((a, i) => rule.accepts?.(a, i) ?? true);
  if (!right) throw reader.fail(rule.code, `#pragma ${name} with ${rule.expected}`, start);
  return { kind: 'pragma', name, arguments: normal };
}

function parsePragmaName(reader: TokenReader): MofPragmaName {
  if (reader.take('include')) return 'include';
  reader.expect('pragma', 'WBEMMOF_E_INVALID_PRAGMA');
  const start = reader.peek();
  const name = reader.expectName('the name of a pragma', 'WBEMMOF_E_INVALID_PRAGMA').toLowerCase();
  if (isPragmaName(name)) return name;
  throw reader.fail('WBEMMOF_E_INVALID_PRAGMA', `a pragma among ${Object.keys(rules).join(', ')}`, start);
}

function isPragmaName(name: string): name is MofPragmaName {
  return Object.hasOwn(rules, name);
}

function parseArguments(reader: TokenReader, rule: PragmaRule): string[] {
  reader.expect('(', rule.code);
  const given: string[] = [];
  while (!reader.take(')')) {
    if (given.length > 0) reader.expect(',', rule.code);
    given.push(parseArgument(reader, rule));
  }
  return given;
}

function parseArgument(reader: TokenReader, rule: PragmaRule): string {
  const token = reader.peek();
  if (token.kind === 'string') return parseStrings(reader);
  if (token.kind !== 'word') throw reader.fail(rule.code, rule.expected);
  return reader.next().text;
}

/** Flags in lower case, one by one: `"updateonly, forceupdate"` is two. */
function normalize(name: MofPragmaName, argument: string, index: number): string | string[] {
  if (folded.has(name))
    return argument
      .toLowerCase()
      .split(',')
      .map((flag) => flag.trim());
  return deletions.has(name) && index === 1 ? argument.toLowerCase() : argument;
}
