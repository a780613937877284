import {
  type CallOptions,
  ComStatus,
  type PropertyBag,
  type Transport,
  type UnsecuredApartment,
  WbemError,
  type WbemServices,
} from '@wmisec/wbem';
import type { ProxyLedger, ProxySecurity } from './proxy-ledger.ts';

export interface QueryOptions extends CallOptions {
  /** Rows fetched at a time, 1 to 10,000. Default 256. */
  readonly batch?: number | undefined;
}

/** The services of a connection, whose copies carry the connection's blanket at first. */
export type ConnectedServices = WbemServices & Required<Pick<WbemServices, 'copyProxy'>>;

/** An open connection to a namespace. Every proxy it hands out carries the connection's blanket, proven. */
export class Connection implements AsyncDisposable {
  /** The contract in full, secured. */
  readonly services: ConnectedServices;
  readonly #ledger: ProxyLedger;
  readonly #transport: Transport;
  readonly #reconnect: () => Promise<Connection>;

  constructor(
    services: ConnectedServices,
    ledger: ProxyLedger,
    transport: Transport,
    reconnect: () => Promise<Connection>,
  ) {
    this.services = services;
    this.#ledger = ledger;
    this.#transport = transport;
    this.#reconnect = reconnect;
  }

  /** The rows of a WQL query as plain objects, fetched as they are consumed. */
  async *query<Row extends PropertyBag = PropertyBag>(
    wql: string,
    { batch = 256, ...options }: QueryOptions = {},
  ): AsyncGenerator<Row, void> {
    await using rows = await this.services.execQuery(wql, options);
    for (let done = false; !done; ) {
      const next = await rows.next(batch, options);
      done = next.done;
      for (const row of next.objects) if (row.kind === 'instance') yield row.properties as Row;
    }
  }

  /**
   * A new connection from the same arguments, for when the server has gone away (`RPC_S_SERVER_UNAVAILABLE`,
   * `RPC_E_DISCONNECTED`). This one stays as it is: dispose it.
   * @throws what `connect` throws; `E_INVALIDARG` when the identity has been disposed.
   */
  reconnect(): Promise<Connection> {
    return this.#reconnect();
  }

  /**
   * Where stubs are made, which asynchronous calls are given instead of a bare sink. The caller disposes it.
   * @throws WbemError `E_NOINTERFACE` where the transport has none.
   * @see docs/rules.md 3.5
   */
  async unsecuredApartment(): Promise<UnsecuredApartment> {
    const { name, unsecuredApartment } = this.#transport;
    if (unsecuredApartment !== undefined) return unsecuredApartment.call(this.#transport);
    const message = `unsecuredApartment: the transport ${name} makes no stubs that check who calls a sink`;
    throw new WbemError(ComStatus.E_NOINTERFACE, message, { operation: 'unsecuredApartment' });
  }

  /** Every live proxy with the blanket asked for it and the one in force now. */
  security(): ProxySecurity[] {
    return this.#ledger.list();
  }

  /** Releases the services proxy. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.services[Symbol.asyncDispose]();
  }
}
