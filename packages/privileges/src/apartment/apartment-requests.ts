import type { MessagePort } from 'node:worker_threads';
import type { ApartmentHost } from './apartment-host.ts';
import type { ApartmentReport, NumberedRequest } from './apartment-messages.ts';
import { failureReport } from './failure-report.ts';

/** Takes the requests of the other side and answers each. */
export class ApartmentRequests {
  readonly #host: ApartmentHost;
  readonly #report: (report: ApartmentReport) => void;
  /** How many are being answered. */
  open = 0;
  /** The number of the request to close. */
  closing: number | undefined;

  constructor(port: MessagePort, host: ApartmentHost, report: (report: ApartmentReport) => void) {
    this.#host = host;
    this.#report = report;
    port.on('message', (request: NumberedRequest) => void this.#answer(request));
  }

  async #answer({ number, request }: NumberedRequest): Promise<void> {
    if (request.kind === 'close') {
      this.closing = number;
      return;
    }
    this.open++;
    try {
      this.#report({ kind: 'reply', number, value: await this.#host.answer(request) });
    } catch (error) {
      this.#report({ kind: 'failure', number, failure: failureReport(error) });
    } finally {
      this.open--;
    }
  }
}
