import { type CimClass, type ClassSpec, defineClass, eventBaseClasses } from '@wmisec/wbem';

/** The bytes of S-1-5-18, LocalSystem. */
const LOCAL_SYSTEM = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];

type DerivedSpec = ClassSpec & { readonly superclass: string };

const abstract = { abstract: true };

/** Parents before their children. */
const specs: readonly DerivedSpec[] = [
  { name: '__SystemEvent', superclass: '__ExtrinsicEvent', qualifiers: abstract },
  {
    name: '__EventDroppedEvent',
    superclass: '__SystemEvent',
    properties: { Event: 'object:__Event', IntendedConsumer: 'ref:__EventConsumer' },
  },
  {
    name: '__EventQueueOverflowEvent',
    superclass: '__EventDroppedEvent',
    properties: { CurrentQueueSize: 'uint32' },
  },
  {
    name: '__ConsumerFailureEvent',
    superclass: '__EventDroppedEvent',
    properties: {
      ErrorCode: 'uint32',
      ErrorDescription: 'string',
      ErrorObject: 'object:__ExtendedStatus',
      ErrorSource: 'string',
    },
  },
  {
    name: '__NamespaceOperationEvent',
    superclass: '__Event',
    properties: { TargetNamespace: 'object:__Namespace' },
  },
  { name: '__NamespaceCreationEvent', superclass: '__NamespaceOperationEvent' },
  { name: '__NamespaceDeletionEvent', superclass: '__NamespaceOperationEvent' },
  {
    name: '__NamespaceModificationEvent',
    superclass: '__NamespaceOperationEvent',
    properties: { PreviousNamespace: 'object:__Namespace' },
  },
  { name: '__ClassOperationEvent', superclass: '__Event', properties: { TargetClass: 'object' } },
  { name: '__ClassCreationEvent', superclass: '__ClassOperationEvent' },
  { name: '__ClassDeletionEvent', superclass: '__ClassOperationEvent' },
  {
    name: '__ClassModificationEvent',
    superclass: '__ClassOperationEvent',
    properties: { PreviousClass: 'object' },
  },
  { name: '__InstanceOperationEvent', superclass: '__Event', properties: { TargetInstance: 'object' } },
  { name: '__InstanceCreationEvent', superclass: '__InstanceOperationEvent' },
  { name: '__InstanceDeletionEvent', superclass: '__InstanceOperationEvent' },
  {
    name: '__InstanceModificationEvent',
    superclass: '__InstanceOperationEvent',
    properties: { PreviousInstance: 'object' },
  },
  {
    name: '__TimerEvent',
    superclass: '__Event',
    properties: { NumFirings: 'uint32', TimerId: 'string' },
  },
  {
    name: '__AggregateEvent',
    superclass: '__IndicationRelated',
    properties: { NumberOfEvents: 'uint32', Representative: 'object' },
  },
  {
    name: '__TimerInstruction',
    superclass: '__IndicationRelated',
    qualifiers: abstract,
    properties: { TimerId: { type: 'string', key: true }, SkipIfPassed: { type: 'boolean', value: false } },
  },
  {
    name: '__AbsoluteTimerInstruction',
    superclass: '__TimerInstruction',
    properties: { EventDateTime: { type: 'datetime', notNull: true } },
  },
  {
    name: '__IntervalTimerInstruction',
    superclass: '__TimerInstruction',
    properties: { IntervalBetweenEvents: { type: 'uint32', notNull: true } },
  },
  {
    name: '__EventFilter',
    superclass: '__IndicationRelated',
    properties: {
      CreatorSID: { type: 'uint8[]', value: LOCAL_SYSTEM },
      EventAccess: 'string',
      EventNamespace: 'string',
      Name: { type: 'string', key: true },
      Query: { type: 'string', notNull: true },
      QueryLanguage: { type: 'string', notNull: true },
    },
  },
  {
    name: '__EventConsumer',
    superclass: '__IndicationRelated',
    qualifiers: abstract,
    properties: {
      CreatorSID: { type: 'uint8[]', value: LOCAL_SYSTEM },
      MachineName: 'string',
      MaximumQueueSize: 'uint32',
    },
  },
  {
    name: '__FilterToConsumerBinding',
    superclass: '__IndicationRelated',
    properties: {
      Consumer: { type: 'ref:__EventConsumer', key: true },
      CreatorSID: { type: 'uint8[]', value: LOCAL_SYSTEM },
      DeliverSynchronously: { type: 'boolean', value: false },
      DeliveryQoS: 'uint32',
      Filter: { type: 'ref:__EventFilter', key: true },
      MaintainSecurityContext: { type: 'boolean', value: false },
      SlowDownProviders: { type: 'boolean', value: false },
    },
  },
];

const { systemClass, ...bases } = eventBaseClasses;

/** Events and what subscribes to them. @see docs/rules.md 5.9, 9.9 */
export const eventClasses: readonly CimClass[] = defineAll(
  [systemClass, ...Object.values(bases)],
  specs,
).slice(1);

/** What an event class that a provider brings derives from: `defineClass({ superclass: extrinsicEventClass })`. */
export const extrinsicEventClass: CimClass = eventBaseClasses.extrinsicEvent;

/** What the class of a permanent consumer derives from. @see docs/rules.md 9.9 */
export const eventConsumerClass: CimClass = eventClasses.find(
  ({ className }) => className === '__EventConsumer',
)!;

function defineAll(roots: readonly CimClass[], specs: readonly DerivedSpec[]): CimClass[] {
  const classes = new Map(roots.map((cls) => [cls.className, cls]));
  for (const spec of specs) {
    const superclass = classes.get(spec.superclass)!;
    classes.set(spec.name, defineClass({ ...spec, superclass }));
  }
  return [...classes.values()];
}
