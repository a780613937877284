import {
  type CimInstance,
  type CimValue,
  instanceOf,
  isInstanceOf,
  type PropertyBag,
  type WbemError,
} from '@wmisec/wbem';
import type { EventEngine } from '../../events/event-engine.ts';
import { baseClasses } from '../../system-classes/base-classes.ts';
import { FOR_ADMINISTRATORS } from '../administrators.ts';
import type { Delivery, Drop } from './consumer-queue.ts';

const extendedStatus = baseClasses.find(({ className }) => className === '__ExtendedStatus')!;

/**
 * Tells administrators which events did not arrive, in the namespace of the consumer that they were meant for. The
 * loss of such an event itself is not told, or there would be no end.
 * @see docs/rules.md 5.7
 */
export class LossReports {
  readonly #engine: EventEngine;
  #lost = 0;

  constructor(engine: EventEngine) {
    this.#engine = engine;
  }

  /** Events that did not arrive, ever. */
  get lost(): number {
    return this.#lost;
  }

  failed(namespace: string, delivery: Delivery, error: WbemError): void {
    const ErrorObject = instanceOf(extendedStatus, {
      StatusCode: error.hresult,
      Description: error.message,
      Operation: 'IndicateToConsumer',
      ProviderName: delivery.binding.consumer.instance.shape.className,
    });
    const details = { ErrorCode: error.hresult, ErrorDescription: error.message, ErrorObject };
    this.#report(namespace, '__ConsumerFailureEvent', delivery, details);
  }

  dropped(namespace: string, delivery: Delivery, why: Drop): void {
    const details = why.kind === 'overflow' ? { CurrentQueueSize: why.bytes } : {};
    const className = why.kind === 'overflow' ? '__EventQueueOverflowEvent' : '__EventDroppedEvent';
    this.#report(namespace, className, delivery, details);
  }

  #report(
    namespace: string,
    className: string,
    { event, binding }: Delivery,
    details: PropertyBag = {},
  ): void {
    this.#lost++;
    if (isInstanceOf(event.instance, '__EventDroppedEvent')) return;
    const properties = {
      ...{ Event: lostEvent(event.instance), IntendedConsumer: binding.consumer.instance.path },
      SECURITY_DESCRIPTOR: FOR_ADMINISTRATORS,
      ...details,
    };
    const { causes } = this.#engine;
    causes.deliver(event.depth, () => this.#engine.raiseSystemEvent(namespace, className, properties));
  }
}

/** An aggregate is no event itself: the first one in it is. */
function lostEvent(instance: CimInstance): CimValue {
  return isInstanceOf(instance, '__AggregateEvent')
    ? (instance.properties['Representative'] ?? null)
    : instance;
}
