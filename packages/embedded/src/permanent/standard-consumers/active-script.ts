import type { EventConsumer } from '../delivery/event-consumer.ts';
import { notAllowed } from './not-allowed.ts';

/** Scripts are stored, and never run. */
export const activeScript: EventConsumer = () => {
  throw notAllowed('ActiveScriptEventConsumer: this service runs no scripts');
};
