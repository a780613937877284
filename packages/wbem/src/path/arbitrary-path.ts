import fc from 'fast-check';
import type { ObjectPath, PathKey } from './object-path.ts';

const identifier = fc.stringMatching(/^[A-Za-z_][0-9A-Za-z_\u00e0-\u00ef]{0,9}$/);
const segment = fc.stringMatching(/^[0-9A-Za-z_-]{1,8}$/);

const location = fc.oneof(
  fc.constant({ server: null, namespace: null }),
  fc.record({
    server: fc.option(fc.constantFrom('srv-01', 'host.corp.local', '10.0.0.7', 'fe80::1')),
    namespace: fc.array(segment, { minLength: 1, maxLength: 3 }).map((s) => s.join('\\')),
  }),
);

const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('\\', '"', "'", '\\"', 'C:\\x', 'Other.Id="a,b",N=1'),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
  fc.boolean(),
);

const keys: fc.Arbitrary<readonly PathKey[]> = fc.oneof(
  value.map((v) => [{ name: null, value: v }]),
  fc.uniqueArray(fc.record({ name: identifier, value }), {
    minLength: 1,
    maxLength: 4,
    selector: (key) => key.name.toLowerCase(),
  }),
);

/** Paths of objects, of every kind but namespaces. */
export const arbitraryObject = fc
  .record({
    location,
    className: identifier,
    rest: fc.oneof(
      fc.constant({ kind: 'class' as const }),
      fc.constant({ kind: 'singleton' as const }),
      keys.map((k) => ({ kind: 'instance' as const, keys: k })),
    ),
  })
  .map((p) => ({ ...p.location, className: p.className, ...p.rest }));

export const arbitraryPath: fc.Arbitrary<ObjectPath> = fc.oneof(
  arbitraryObject,
  location
    .filter((l) => l.namespace !== null)
    .map((l) => ({ kind: 'namespace' as const, server: l.server, namespace: l.namespace! })),
);
