import { connect, parseTarget } from '@wmisec/auth';
import type { CallOptions } from '@wmisec/wbem';
import type { Io } from '../io.ts';
import { authnLevelOf, type ConnectionOptions, impLevelOf } from './connection-options.ts';
import { openTransport } from './open-transport.ts';
import { type SessionConnection, sessionConnection } from './session-connection.ts';

/** A way to the server that the command line names, and the limits that each call takes. */
export interface OpenSession {
  /** Connects to a namespace of that server, by its full path. */
  open(namespace: string): Promise<SessionConnection>;
  readonly call: CallOptions;
}

/** An open connection to the namespace that the command line names. */
export interface Session extends OpenSession {
  readonly connection: SessionConnection;
}

/** A way to servers that something else than the command line names. */
export interface Reach {
  /** @param server null for this machine. */
  open(server: string | null, namespace: string): Promise<SessionConnection>;
  readonly call: CallOptions;
}

/** Connects as the command line asks, runs `body`, and releases everything again. */
export async function withSession(
  options: ConnectionOptions,
  io: Io,
  body: (session: Session) => Promise<void>,
): Promise<void> {
  const { server, namespace } = parseTarget(options.namespace);
  await withReach(options, io, async (reach) => {
    const open = (path: string) => reach.open(server, path);
    await using connection = await open(namespace);
    await body({ connection, open, call: reach.call });
  });
}

/** Opens the transport that the command line asks for, runs `body`, and releases it again. */
export async function withReach(
  options: ConnectionOptions,
  io: Io,
  body: (reach: Reach) => Promise<void>,
): Promise<void> {
  const call: CallOptions = { signal: io.signal, timeoutMs: options.timeout && options.timeout * 1000 };
  await using opened = await openTransport(options, io);
  const open = async (server: string | null, path: string) => {
    const connection = await connect(server === null ? path : `\\\\${server}\\${path}`, {
      ...call,
      transport: opened.transport,
      identity: opened.identity,
      blanket: { authnLevel: authnLevelOf(options), impLevel: impLevelOf(options) },
    });
    // Over the network what is held arrives enabled.
    return sessionConnection(connection, server === null ? opened.privileged : (services) => services);
  };
  await body({ open, call });
}
