import fc from 'fast-check';
import { CimType } from '../cim/cim-type.ts';
import { foldName } from '../cim/names.ts';
import { flavorsConflict } from './mof-flavor.ts';
import type {
  MofAssignment,
  MofClass,
  MofDocument,
  MofFeature,
  MofFlavor,
  MofInstance,
  MofItem,
  MofMethod,
  MofPragma,
  MofQualifier,
  MofScalar,
  MofType,
  MofValue,
} from './mof-syntax.ts';

/** Documents that `parseMof` can give, for property tests. */

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((text) => foldName(text) !== 'cimtype');
const alias = fc.option(name);
const unique = <T extends { readonly name: string }>(item: fc.Arbitrary<T>, maxLength = 3) =>
  fc.uniqueArray(item, { maxLength, selector: (value) => foldName(value.name) });

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\ud800', '"\\', '*/ //', '\0', '\x011'),
);
const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const constant: fc.Arbitrary<MofScalar> = fc.oneof(
  fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({
    kind: fc.constant('integer' as const),
    value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
  }),
  fc.record({
    kind: fc.constant('real' as const),
    value: fc.oneof(fc.constantFrom(-0, 5, 1e21), fc.double({ noNaN: true, noDefaultInfinity: true })),
  }),
  fc.record({ kind: fc.constant('string' as const), value: text }),
  fc.record({ kind: fc.constant('char' as const), value: unit }),
);
const nothing = fc.constant<MofScalar>({ kind: 'null' });
const listOf = (element: fc.Arbitrary<MofScalar>): fc.Arbitrary<MofValue> =>
  fc.array(element, { maxLength: 3 }).map((elements) => ({ kind: 'array', elements }));

const flavors = fc
  .uniqueArray(
    fc.constantFrom<MofFlavor>(
      'Amended',
      'DisableOverride',
      'EnableOverride',
      'NotToInstance',
      'NotToSubclass',
      'Restricted',
      'ToInstance',
      'ToSubclass',
      'Translatable',
    ),
    { maxLength: 3 },
  )
  .filter((list) => !list.some((a) => list.some((b) => flavorsConflict(a, b))));

const qualifiers = unique<MofQualifier>(
  fc.record({ name, value: fc.option(fc.oneof(constant, nothing, listOf(constant))), flavors }),
);

const plainTypes = Object.values(CimType).filter((t) => t !== CimType.Object && t !== CimType.Reference);
const className = fc.constantFrom('Door', 'Acme_House', '__Event');
const type: fc.Arbitrary<MofType> = fc.oneof(
  fc.record({ type: fc.constantFrom(...plainTypes), className: fc.constant(null) }),
  fc.record({ type: fc.constantFrom(CimType.Object, CimType.Reference), className: fc.option(className) }),
);

const { object } = fc.letrec<{ object: MofClass | MofInstance; value: MofValue }>((tie) => {
  const scalar = fc.oneof(
    { depthSize: 'small' },
    constant,
    nothing,
    fc.record({ kind: fc.constant('alias' as const), name }),
    tie('object').map((embedded) => ({ ...embedded, alias: null })),
  );
  const element = scalar.filter((value) => value.kind !== 'null');
  const value = fc.oneof(scalar, listOf(element));
  const feature: fc.Arbitrary<MofFeature> = fc
    .record({ qualifiers, type, name, size: fc.option(fc.integer({ min: 1, max: 64 })), list: fc.boolean() })
    .chain(({ size, list, ...rest }) =>
      fc.option(list ? value : scalar).map((given) => ({
        ...rest,
        isArray: list,
        arraySize: list ? size : null,
        value: given,
      })),
    );
  const parameter = feature.map(
    (p): MofFeature => ({ ...p, qualifiers: [{ name: 'in', value: null, flavors: [] }] }),
  );
  const method: fc.Arbitrary<MofMethod> = fc.record({
    qualifiers,
    returnType: fc.option(type),
    name,
    parameters: unique(parameter),
  });
  const assignment: fc.Arbitrary<MofAssignment> = fc.record({ qualifiers, name, value });
  const cls: fc.Arbitrary<MofClass> = fc.record({
    kind: fc.constant('class' as const),
    qualifiers,
    className: name,
    alias,
    ancestors: fc.array(className, { maxLength: 2 }),
    properties: unique(feature),
    methods: unique(method, 2),
  });
  const instance: fc.Arbitrary<MofInstance> = fc.record({
    kind: fc.constant('instance' as const),
    qualifiers,
    className: name,
    alias,
    properties: unique(assignment),
  });
  return { object: fc.oneof(cls, instance), value };
});

const pragma: fc.Arbitrary<MofPragma> = fc.oneof(
  fc.record({
    kind: fc.constant('pragma' as const),
    name: fc.constantFrom('namespace' as const, 'include', 'amendment', 'locale', 'instancelocale'),
    arguments: fc.tuple(text),
  }),
  fc.record({
    kind: fc.constant('pragma' as const),
    name: fc.constantFrom('deleteclass' as const, 'deleteinstance'),
    arguments: fc.tuple(text, fc.constantFrom('fail', 'nofail')),
  }),
  fc.constant<MofPragma>({ kind: 'pragma', name: 'autorecover', arguments: [] }),
  fc.constant<MofPragma>({ kind: 'pragma', name: 'classflags', arguments: ['updateonly', 'forceupdate'] }),
);

const declaration: fc.Arbitrary<MofItem> = fc.oneof(
  fc.record({
    kind: fc.constant('qualifier' as const),
    name,
    type: fc.constant(null),
    isArray: fc.constant(false),
    value: fc.constant(null),
    scope: fc.constant([]),
    flavors: flavors.filter((list) => list.length > 0),
  }),
  fc.record({
    kind: fc.constant('qualifier' as const),
    name,
    type: fc.constantFrom(...plainTypes),
    isArray: fc.boolean(),
    value: fc.option(fc.oneof(constant, nothing, listOf(constant))),
    scope: fc.constantFrom([], ['class'], ['property', 'method']),
    flavors,
  }),
);

export const mofDocument: fc.Arbitrary<MofDocument> = fc
  .uniqueArray(fc.oneof(object, pragma, declaration), {
    maxLength: 4,
    selector: (item) => ('alias' in item && item.alias !== null ? foldName(item.alias) : item),
  })
  .map((items) => ({ items }));
