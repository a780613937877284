import fc from 'fast-check';
import { arbitraryObject } from '../path/arbitrary-path.ts';
import type { AssociatorsQuery, Condition, PropertyName, SelectQuery, WqlOperator } from './query.ts';
import { isReservedWord } from './reserved-words.ts';

const name = fc
  .oneof(
    fc.stringMatching(/^[A-Za-z_][0-9A-Za-z_\u00e0-\u00ef]{0,9}$/),
    fc.constantFrom('__CLASS', 'Group', 'within', 'LIKE', 'Is', 'By'),
  )
  .filter((n) => !isReservedWord(n));

const names = fc.array(name, { minLength: 1, maxLength: 3 }) as unknown as fc.Arbitrary<PropertyName>;
const inner = fc.array(name, { minLength: 2, maxLength: 3 }) as unknown as fc.Arbitrary<PropertyName>;

const equality = fc.constantFrom<WqlOperator>('=', '<>');
const operator = fc.constantFrom<WqlOperator>('=', '<>', '<', '<=', '>', '>=');
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('\\', '"', "'", '%[_]%'));
const ordered = fc.oneof(
  text,
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
);

const tests: readonly fc.Arbitrary<Condition>[] = [
  fc.record({ kind: fc.constant('compare'), property: names, operator, value: ordered }),
  fc.record({
    kind: fc.constant('compare'),
    property: names,
    operator: equality,
    value: fc.constantFrom(true, false, null),
  }),
  fc.record({ kind: fc.constant('compareProperties'), property: inner, operator, other: inner }),
  fc.record({ kind: fc.constant('isNull'), property: names, negated: fc.boolean() }),
  fc.record({ kind: fc.constant('like'), property: names, pattern: text }),
  fc.record({ kind: fc.constant('isa'), property: names, className: name }),
];

const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
  const terms = fc.array(tie('condition'), { minLength: 2, maxLength: 3 });
  return {
    condition: fc.oneof(
      { maxDepth: 4 },
      ...tests,
      fc.record({ kind: fc.constantFrom('and', 'or'), terms }),
      fc.record({ kind: fc.constant('not'), term: tie('condition') }),
    ),
  };
});

const uint32 = fc.nat({ max: 0xffff_ffff });
const group = fc.record({
  within: uint32,
  by: fc.array(names, { maxLength: 2 }),
  having: fc.option(fc.record({ operator, numberOfEvents: uint32 })),
});

export const arbitrarySelect: fc.Arbitrary<SelectQuery> = fc.record({
  kind: fc.constant('select'),
  columns: fc.option(fc.array(names, { minLength: 1, maxLength: 3 })),
  className: name,
  within: fc.option(fc.oneof(fc.nat(), fc.double({ min: 0.001, max: 1e30, noNaN: true }))),
  where: fc.option(condition),
  group: fc.option(group),
});

const filters = fc.record({
  source: arbitraryObject,
  resultClass: fc.option(name),
  role: fc.option(name),
  requiredQualifier: fc.option(name),
  classDefsOnly: fc.boolean(),
  schemaOnly: fc.boolean(),
  keysOnly: fc.boolean(),
});

/** The parts of an association query that may stand together. */
export const arbitraryFilters = filters.filter(
  (f) => !(f.classDefsOnly && f.resultClass !== null) && !(f.schemaOnly && f.source.kind !== 'class'),
);

export const arbitraryAssociators: fc.Arbitrary<AssociatorsQuery> = fc
  .record({
    filters: arbitraryFilters,
    assocClass: fc.option(name),
    resultRole: fc.option(name),
    requiredAssocQualifier: fc.option(name),
  })
  .map(({ filters: common, ...own }) => ({ kind: 'associators', ...common, ...own }));
