import { type CimClass, defineClass, type PropertySpec } from '@wmisec/wbem';
import { systemClass } from './base-classes.ts';

/** The bytes of S-1-5-18, LocalSystem. */
const LOCAL_SYSTEM = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];

const indicationRelated = defineClass({
  name: '__IndicationRelated',
  superclass: systemClass,
  qualifiers: { abstract: true },
});

const event = defineClass({
  name: '__Event',
  superclass: indicationRelated,
  qualifiers: { abstract: true },
  properties: { SECURITY_DESCRIPTOR: 'uint8[]', TIME_CREATED: 'uint64' },
});

const classes = new Map<string, CimClass>([indicationRelated, event].map((cls) => [cls.className, cls]));

function define(
  name: string,
  superclass: string,
  properties: Readonly<Record<string, PropertySpec | PropertySpec['type']>> = {},
  isAbstract = false,
): void {
  const parent = classes.get(superclass)!;
  const qualifiers = isAbstract ? { abstract: true } : {};
  classes.set(name, defineClass({ name, superclass: parent, properties, qualifiers }));
}

define('__ExtrinsicEvent', '__Event', {}, true);
define('__NamespaceOperationEvent', '__Event', { TargetNamespace: 'object:__Namespace' });
define('__NamespaceCreationEvent', '__NamespaceOperationEvent');
define('__NamespaceDeletionEvent', '__NamespaceOperationEvent');
define('__NamespaceModificationEvent', '__NamespaceOperationEvent', {
  PreviousNamespace: 'object:__Namespace',
});
define('__ClassOperationEvent', '__Event', { TargetClass: 'object' });
define('__ClassCreationEvent', '__ClassOperationEvent');
define('__ClassDeletionEvent', '__ClassOperationEvent');
define('__ClassModificationEvent', '__ClassOperationEvent', { PreviousClass: 'object' });
define('__InstanceOperationEvent', '__Event', { TargetInstance: 'object' });
define('__InstanceCreationEvent', '__InstanceOperationEvent');
define('__InstanceDeletionEvent', '__InstanceOperationEvent');
define('__InstanceModificationEvent', '__InstanceOperationEvent', { PreviousInstance: 'object' });
define('__TimerEvent', '__Event', { NumFirings: 'uint32', TimerId: 'string' });
define('__SystemEvent', '__ExtrinsicEvent', {}, true);
define('__EventDroppedEvent', '__SystemEvent', {
  Event: 'object:__Event',
  IntendedConsumer: 'ref:__EventConsumer',
});
define('__EventQueueOverflowEvent', '__EventDroppedEvent', { CurrentQueueSize: 'uint32' });
define('__ConsumerFailureEvent', '__EventDroppedEvent', {
  ErrorCode: 'uint32',
  ErrorDescription: 'string',
  ErrorObject: 'object:__ExtendedStatus',
  ErrorSource: 'string',
});
define('__AggregateEvent', '__IndicationRelated', { NumberOfEvents: 'uint32', Representative: 'object' });
define(
  '__TimerInstruction',
  '__IndicationRelated',
  { TimerId: { type: 'string', key: true }, SkipIfPassed: { type: 'boolean', value: false } },
  true,
);
define('__AbsoluteTimerInstruction', '__TimerInstruction', {
  EventDateTime: { type: 'datetime', notNull: true },
});
define('__IntervalTimerInstruction', '__TimerInstruction', {
  IntervalBetweenEvents: { type: 'uint32', notNull: true },
});
define('__EventFilter', '__IndicationRelated', {
  CreatorSID: { type: 'uint8[]', value: LOCAL_SYSTEM },
  EventAccess: 'string',
  EventNamespace: 'string',
  Name: { type: 'string', key: true },
  Query: { type: 'string', notNull: true },
  QueryLanguage: { type: 'string', notNull: true },
});
define(
  '__EventConsumer',
  '__IndicationRelated',
  {
    CreatorSID: { type: 'uint8[]', value: LOCAL_SYSTEM },
    MachineName: 'string',
    MaximumQueueSize: 'uint32',
  },
  true,
);
define('__FilterToConsumerBinding', '__IndicationRelated', {
  Consumer: { type: 'ref:__EventConsumer', key: true },
  CreatorSID: { type: 'uint8[]', value: LOCAL_SYSTEM },
  DeliverSynchronously: { type: 'boolean', value: false },
  DeliveryQoS: 'uint32',
  Filter: { type: 'ref:__EventFilter', key: true },
  MaintainSecurityContext: { type: 'boolean', value: false },
  SlowDownProviders: { type: 'boolean', value: false },
});

/** Events and what subscribes to them. @see docs/rules.md 5.9, 9.9 */
export const eventClasses: readonly CimClass[] = [...classes.values()];
