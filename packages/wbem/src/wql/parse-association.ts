import { ParseError } from '../errors/parse-error.ts';
import { parseObjectPath } from '../path/parse-object-path.ts';
import type { AssociatorsQuery, ReferencesQuery } from './query.ts';
import type { TokenReader } from './token-reader.ts';

const NAMED = {
  ASSOCCLASS: 'assocClass',
  REQUIREDASSOCQUALIFIER: 'requiredAssocQualifier',
  REQUIREDQUALIFIER: 'requiredQualifier',
  RESULTCLASS: 'resultClass',
  RESULTROLE: 'resultRole',
  ROLE: 'role',
} as const;

const FLAGS = {
  CLASSDEFSONLY: 'classDefsOnly',
  KEYSONLY: 'keysOnly',
  SCHEMAONLY: 'schemaOnly',
} as const;

type Name = (typeof NAMED)[keyof typeof NAMED];
type Flag = (typeof FLAGS)[keyof typeof FLAGS];
type Filters = Record<Name, string | null> & Record<Flag, boolean>;

/** What follows `ASSOCIATORS`. */
export function parseAssociators(reader: TokenReader): AssociatorsQuery {
  const source = parseSource(reader);
  return { kind: 'associators', source, ...parseFilters(reader, source, Object.keys(NAMED)) };
}

/** What follows `REFERENCES`. */
export function parseReferences(reader: TokenReader): ReferencesQuery {
  const source = parseSource(reader);
  const { resultClass, role, requiredQualifier, classDefsOnly, schemaOnly, keysOnly } = parseFilters(
    reader,
    source,
    ['REQUIREDQUALIFIER', 'RESULTCLASS', 'ROLE'],
  );
  return {
    kind: 'references',
    source,
    resultClass,
    role,
    requiredQualifier,
    classDefsOnly,
    schemaOnly,
    keysOnly,
  };
}

function parseSource(reader: TokenReader): AssociatorsQuery['source'] {
  reader.expectKeyword('OF');
  const token = reader.current;
  if (token.kind !== 'path') throw reader.error('an object path in braces');
  reader.take();
  const indent = token.value.length - token.value.trimStart().length;
  try {
    const path = parseObjectPath(token.value.trim());
    if (path.kind !== 'namespace') return path;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw reader.errorInside(token, 1 + indent + error.offset, error);
  }
  throw reader.error('the path of a class or an instance', token);
}

function parseFilters(
  reader: TokenReader,
  source: AssociatorsQuery['source'],
  allowed: readonly string[],
): Filters {
  const filters = noFilters();
  if (!reader.takeKeyword('WHERE')) {
    reader.expectEnd('WHERE or the end');
    return filters;
  }
  do {
    parseFilter(reader, filters, source, allowed);
  } while (reader.current.kind !== 'end');
  return filters;
}

function parseFilter(
  reader: TokenReader,
  filters: Filters,
  source: AssociatorsQuery['source'],
  allowed: readonly string[],
): void {
  const start = reader.current;
  const keyword = start.text.toUpperCase();
  const expected = [...allowed, ...Object.keys(FLAGS)].join(', ');
  const flag = Object.hasOwn(FLAGS, keyword) ? FLAGS[keyword as keyof typeof FLAGS] : undefined;
  if (start.kind !== 'word' || (flag === undefined && !allowed.includes(keyword)))
    throw reader.error(expected);
  reader.take();
  if (flag === undefined) {
    const name = NAMED[keyword as keyof typeof NAMED];
    if (filters[name] !== null) throw reader.error('each keyword once', start);
    reader.expectSymbol('=');
    filters[name] = reader.name('a name');
  } else {
    if (filters[flag]) throw reader.error('each keyword once', start);
    filters[flag] = true;
  }
  if (filters.classDefsOnly && filters.resultClass !== null)
    throw reader.error('ClassDefsOnly or ResultClass, not both', start);
  if (filters.schemaOnly && source.kind !== 'class')
    throw reader.error('SchemaOnly beside the path of a class only', start);
}

function noFilters(): Filters {
  return {
    assocClass: null,
    requiredAssocQualifier: null,
    requiredQualifier: null,
    resultClass: null,
    resultRole: null,
    role: null,
    classDefsOnly: false,
    keysOnly: false,
    schemaOnly: false,
  };
}
