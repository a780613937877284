import { type CimClass, type CimInstance, type CimObject, instanceOf } from '@wmisec/wbem';
import type { NamespaceSchema } from '../schema/namespace-schema.ts';

type Subject = 'Instance' | 'Class' | 'Namespace';

/**
 * The intrinsic event of a change, without its time: `__InstanceCreationEvent` and its like.
 * @param before null when it was created. @param after null when it was deleted; one of the two is there.
 */
export function intrinsicEvent(
  schema: NamespaceSchema,
  subject: Subject,
  before: CimObject | null,
  after: CimObject | null,
): CimInstance {
  if (before === null) return eventOf(schema, `__${subject}CreationEvent`, subject, after);
  if (after === null) return eventOf(schema, `__${subject}DeletionEvent`, subject, before);
  const cls = schema.get(`__${subject}ModificationEvent`);
  return instanceOf(cls, { [`Target${subject}`]: after, [`Previous${subject}`]: before });
}

function eventOf(
  schema: NamespaceSchema,
  className: string,
  subject: Subject,
  target: CimObject | null,
): CimInstance {
  const cls: CimClass = schema.get(className);
  return instanceOf(cls, { [`Target${subject}`]: target });
}
