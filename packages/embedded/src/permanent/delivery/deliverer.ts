import type { Sid } from '@wmisec/access';
import { ComStatus, ImpLevel, WbemError, WbemStatus, WmisecError } from '@wmisec/wbem';
import type { EventCauses } from '../../events/event-causes.ts';
import type { Timers } from '../../events/timers.ts';
import type { Impersonation } from '../../provider-host/impersonation.ts';
import { raceAbort } from '../../server/race-abort.ts';
import { isAdministrator } from '../administrators.ts';
import type { PrincipalDirectory } from '../principal-directory.ts';
import type { Delivery, Drop } from './consumer-queue.ts';
import type { ConsumerEntry, ConsumerRegistry } from './consumer-registry.ts';
import type { LossReports } from './loss-reports.ts';

export interface DelivererOptions {
  readonly registry: ConsumerRegistry;
  readonly directory: PrincipalDirectory;
  readonly causes: EventCauses;
  readonly timers: Timers;
  readonly impersonation: Impersonation;
  readonly reports: LossReports;
}

/** Milliseconds between the tries of a delivery that may go better the next time. */
const WAITS = [1_000, 2_000, 4_000] as const;

/** What says that it may. */
const PASSING: ReadonlySet<number> = new Set([
  WbemStatus.WBEM_E_SERVER_TOO_BUSY,
  WbemStatus.WBEM_E_TRANSPORT_FAILURE,
  ComStatus.RPC_S_SERVER_UNAVAILABLE,
]);

/** Hands events to consumers, tries again where that may help, and reports what is lost. */
export class Deliverer {
  readonly #options: DelivererOptions;

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  /** @param signal of the consumer: with it nobody wants the event any more. Never throws. */
  async deliver(namespace: string, delivery: Delivery, signal: AbortSignal): Promise<void> {
    try {
      await this.#tryAndWait(namespace, delivery, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.#options.reports.failed(namespace, delivery, asWbemError(error));
    }
  }

  drop(namespace: string, delivery: Delivery, why: Drop): void {
    this.#options.reports.dropped(namespace, delivery, why);
  }

  async #tryAndWait(namespace: string, delivery: Delivery, signal: AbortSignal): Promise<void> {
    for (const wait of WAITS) {
      try {
        return await this.#try(namespace, delivery, signal);
      } catch (error) {
        if (!(error instanceof WbemError) || !PASSING.has(error.hresult)) throw error;
      }
      await this.#wait(wait, signal);
    }
    return this.#try(namespace, delivery, signal);
  }

  #try(namespace: string, { event, binding }: Delivery, signal: AbortSignal): Promise<void> {
    const { creator, consumer, maintainSecurityContext } = binding;
    const publisher = maintainSecurityContext ? (event.publisher?.principal ?? null) : null;
    const context = {
      ...{ namespace, creator, signal, consumer: consumer.instance },
      publisher: publisher !== null && publisher.impLevel >= ImpLevel.Impersonate ? publisher : null,
    };
    return raceAbort(signal, () => {
      const { causes, impersonation } = this.#options;
      const { consume } = this.#entryFor(namespace, binding);
      return causes.deliver(event.depth, () =>
        // Whoever raised the event may impersonate, which is none of the consumer's.
        impersonation.runAsItself(() => consume(event.instance, context)),
      );
    });
  }

  /** Asked anew for each event: who was an administrator may be none any more (docs/rules.md 9.15). */
  #entryFor(namespace: string, { creator, consumer }: Delivery['binding']): ConsumerEntry {
    const entry = this.#options.registry.find(namespace, consumer.instance);
    const { className } = consumer.instance.shape;
    if (entry === null)
      throw new WbemError(
        WbemStatus.WBEM_E_PROVIDER_NOT_FOUND,
        `nothing carries out the consumers of ${className} in ${namespace}`,
      );
    if (!entry.administratorsOnly || this.#isAdministrator(creator)) return entry;
    throw new WbemError(
      WbemStatus.WBEM_E_ACCESS_DENIED,
      `${className} takes a creator in Administrators, got ${creator}`,
    );
  }

  #isAdministrator(creator: Sid): boolean {
    const token = this.#options.directory.tokenOf(creator);
    return token !== null && isAdministrator(token);
  }

  async #wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    let cancel = () => {};
    try {
      await raceAbort(
        signal,
        () =>
          new Promise<void>((resolve) => {
            cancel = this.#options.timers.after(milliseconds, resolve);
          }),
      );
    } finally {
      cancel();
    }
  }
}

/** Tells nothing of what others than this project threw. */
function asWbemError(error: unknown): WbemError {
  if (error instanceof WbemError) return error;
  const why = error instanceof WmisecError ? `: ${error.message}` : '';
  return new WbemError(WbemStatus.WBEM_E_FAILED, `the consumer failed${why}`, { cause: error });
}
