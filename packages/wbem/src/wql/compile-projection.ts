import { foldName } from '../cim/names.ts';
import type { CimInstance, InstanceShape } from '../cim/objects.ts';
import type { CimValue } from '../cim/values.ts';
import type { PropertyName } from './query.ts';

/**
 * A function that leaves of each instance the columns of a SELECT. System properties stay (class, derivation
 * and path); a column inside an embedded object keeps that object whole; columns that the class does not
 * have are left out. Instances of one shape get one projected shape.
 * @param columns null for `*`, which leaves instances as they are.
 * @see Microsoft, "SELECT Statement for Data Queries"
 */
export function compileProjection(
  columns: readonly PropertyName[] | null,
): (instance: CimInstance) => CimInstance {
  if (columns === null) return (instance) => instance;
  const names = new Set(columns.map(([first]) => foldName(first)));
  const shapes = new WeakMap<InstanceShape, InstanceShape>();
  return (instance) => {
    let shape = shapes.get(instance.shape);
    if (shape === undefined) {
      shape = projectShape(instance.shape, names);
      shapes.set(instance.shape, shape);
    }
    return { ...instance, shape, properties: pick(instance, shape) };
  };
}

function projectShape(shape: InstanceShape, names: ReadonlySet<string>): InstanceShape {
  return { ...shape, properties: shape.properties.filter(({ name }) => names.has(foldName(name))) };
}

function pick({ properties }: CimInstance, shape: InstanceShape): Record<string, CimValue> {
  const picked: Record<string, CimValue> = {};
  for (const { name } of shape.properties)
    if (Object.hasOwn(properties, name)) picked[name] = properties[name] ?? null;
  return picked;
}
