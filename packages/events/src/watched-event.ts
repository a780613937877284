import { type CimInstance, type CimValue, isCimObject, type PropertyBag } from '@wmisec/wbem';
import type { WatchedEvent } from './watch-item.ts';

/** Takes an event apart. What its type parameters promise is the caller's word about the class. */
export function watchedEvent<Event extends PropertyBag, Target extends PropertyBag>({
  shape,
  properties,
}: CimInstance): WatchedEvent<Event, Target> {
  const { TargetInstance = null, PreviousInstance = null } = properties;
  return {
    kind: 'event',
    className: shape.className,
    event: properties as Event,
    target: propertiesOf(TargetInstance) as Target | null,
    previous: propertiesOf(PreviousInstance) as Target | null,
  };
}

function propertiesOf(value: CimValue): PropertyBag | null {
  return isCimObject(value) && value.kind === 'instance' ? value.properties : null;
}
