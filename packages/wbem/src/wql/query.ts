import type { ClassPath, InstancePath, SingletonPath } from '../path/object-path.ts';

/**
 * A property, outermost name first: `['TargetInstance', 'Name']` reads into an embedded object. System
 * properties count as properties: `__CLASS`, and `__THIS` for the object itself.
 */
export type PropertyName = readonly [string, ...string[]];

/** Integers are bigints, reals are numbers. */
export type WqlConstant = string | bigint | number | boolean | null;

/** `!=` is read as `<>`. */
export type WqlOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export interface Comparison {
  readonly kind: 'compare';
  readonly property: PropertyName;
  /** Only `=` and `<>` beside a boolean or null. */
  readonly operator: WqlOperator;
  readonly value: WqlConstant;
}

/** Two properties of embedded objects, as `TargetInstance.State <> PreviousInstance.State`. */
export interface PropertyComparison {
  readonly kind: 'compareProperties';
  readonly property: PropertyName;
  readonly operator: WqlOperator;
  readonly other: PropertyName;
}

/** `IS NULL`; `IS NOT NULL` when negated. */
export interface NullTest {
  readonly kind: 'isNull';
  readonly property: PropertyName;
  readonly negated: boolean;
}

export interface LikeTest {
  readonly kind: 'like';
  readonly property: PropertyName;
  readonly pattern: string;
}

/** Whether an embedded object, or `__THIS`, is of a class or of one derived from it. */
export interface ClassTest {
  readonly kind: 'isa';
  readonly property: PropertyName;
  readonly className: string;
}

/** `AND` and `OR` over two or more terms. */
export interface Junction {
  readonly kind: 'and' | 'or';
  readonly terms: readonly Condition[];
}

export interface Negation {
  readonly kind: 'not';
  readonly term: Condition;
}

export type Condition =
  | Comparison
  | PropertyComparison
  | NullTest
  | LikeTest
  | ClassTest
  | Junction
  | Negation;

/** `GROUP WITHIN 300 BY Sender HAVING NumberOfEvents > 5`. */
export interface GroupClause {
  /** Seconds after the first event. */
  readonly within: number;
  readonly by: readonly PropertyName[];
  readonly having: { readonly operator: WqlOperator; readonly numberOfEvents: number } | null;
}

/** A data, event or schema query. */
export interface SelectQuery {
  readonly kind: 'select';
  /** null for `*`. */
  readonly columns: readonly PropertyName[] | null;
  /** `meta_class`, in any case, makes it a query for classes. */
  readonly className: string;
  /** Seconds between polls, fractions allowed; null when the query has none. */
  readonly within: number | null;
  readonly where: Condition | null;
  readonly group: GroupClause | null;
}

interface AssociationFilters {
  readonly source: ClassPath | SingletonPath | InstancePath;
  readonly resultClass: string | null;
  readonly role: string | null;
  readonly requiredQualifier: string | null;
  readonly classDefsOnly: boolean;
  readonly schemaOnly: boolean;
  readonly keysOnly: boolean;
}

export interface AssociatorsQuery extends AssociationFilters {
  readonly kind: 'associators';
  readonly assocClass: string | null;
  readonly resultRole: string | null;
  readonly requiredAssocQualifier: string | null;
}

export interface ReferencesQuery extends AssociationFilters {
  readonly kind: 'references';
}

/** A query in WQL, taken apart. */
export type WqlQuery = SelectQuery | AssociatorsQuery | ReferencesQuery;
