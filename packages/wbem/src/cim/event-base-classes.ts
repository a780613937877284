import { defineClass } from './define-class.ts';

const systemClass = defineClass({ name: '__SystemClass', qualifiers: { abstract: true } });

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

const extrinsicEvent = defineClass({
  name: '__ExtrinsicEvent',
  superclass: event,
  qualifiers: { abstract: true },
});

/**
 * What an event class derives from: those of providers from `extrinsicEvent`. Every namespace has them.
 * @see docs/rules.md 9.9
 */
export const eventBaseClasses = { systemClass, indicationRelated, event, extrinsicEvent } as const;
