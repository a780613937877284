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

type Source = AssociatorsQuery['source'];
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
  const allowed = ['REQUIREDQUALIFIER', 'RESULTCLASS', 'ROLE'];
  const { assocClass, requiredAssocQualifier, resultRole, ...filters } = parseFilters(
    reader,
    source,
    allowed,
  );
  return { kind: 'references', source, ...filters };
}

function parseSource(reader: TokenReader): Source {
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

function parseFilters(reader: TokenReader, source: Source, allowed: readonly string[]): Filters {
  const filters = noFilters();
  if (!reader.takeKeyword('WHERE')) {
    reader.expectEnd('WHERE or the end');
    return filters;
  }
  do {
    const start = reader.current;
    parseFilter(reader, filters, allowed);
    if (filters.classDefsOnly && filters.resultClass !== null)
      throw reader.error('ClassDefsOnly or ResultClass, not both', start);
    if (filters.schemaOnly && source.kind !== 'class')
      throw reader.error('SchemaOnly beside the path of a class only', start);
  } while (reader.current.kind !== 'end');
  return filters;
}

function parseFilter(reader: TokenReader, filters: Filters, allowed: readonly string[]): void {
  const start = reader.current;
  const keyword = start.text.toUpperCase();
  if (start.kind === 'word' && isKeyOf(FLAGS, keyword)) {
    if (filters[FLAGS[keyword]]) throw reader.error('each keyword once');
    reader.take();
    filters[FLAGS[keyword]] = true;
    return;
  }
  if (start.kind !== 'word' || !isKeyOf(NAMED, keyword) || !allowed.includes(keyword))
    throw reader.error([...allowed, ...Object.keys(FLAGS)].join(', '));
  if (filters[NAMED[keyword]] !== null) throw reader.error('each keyword once');
  reader.take();
  reader.expectSymbol('=');
  filters[NAMED[keyword]] = reader.name('a name');
}

function isKeyOf<T extends object>(table: T, key: string): key is keyof T & string {
  return Object.hasOwn(table, key);
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
