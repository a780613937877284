import { type PasswordIdentity, passwordIdentity } from '@wmisec/auth';
import type { EmbeddedService } from '@wmisec/embedded';
import { type AuthIdentity, type Transport, type WbemServices, WmisecError } from '@wmisec/wbem';
import type { Io } from '../io.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { privilegeNames } from './privilege-names.ts';
import { readPassword } from './read-password.ts';
import { withPrivileges } from './with-privileges.ts';

/** A transport, and with it what has to be released. */
export interface OpenedTransport extends AsyncDisposable {
  readonly transport: Transport;
  /** What to connect with, where the transport does not settle who connects. */
  readonly identity: AuthIdentity | undefined;
  /** Services of this machine whose calls carry `--privilege`, where the transport does not see to it itself. */
  privileged(services: WbemServices): WbemServices;
}

/**
 * Loads only the package that the transport needs, and reads the password of `--user` from stdin.
 * @throws WmisecError `INVALID_ARGUMENT` for options that do not go together.
 */
export async function openTransport(options: ConnectionOptions, io: Io): Promise<OpenedTransport> {
  const name = options.transport ?? (process.platform === 'win32' ? 'native' : 'embedded');
  checkOptions(name, options);
  return name === 'native' ? openNative(options, io) : openEmbedded(options, io);
}

function checkOptions(
  name: string,
  { store, user, passwordStdin = false, privilege }: ConnectionOptions,
): void {
  if ((user !== undefined) !== passwordStdin)
    throw invalid('expected --user and --password-stdin together, got one of them');
  if (store !== undefined && name === 'native')
    throw invalid('--store: expected the embedded transport, got native');
  if (user !== undefined && store === undefined && name === 'embedded')
    throw invalid('--user: expected --store with it, the directory of the accounts');
  if (user !== undefined && privilege !== undefined && name === 'native')
    throw invalid('--privilege: expected without --user, the token of this process carries them');
}

async function openNative({ user, privilege }: ConnectionOptions, io: Io): Promise<OpenedTransport> {
  const { native } = await import('@wmisec/com-core');
  const privileged = await privilegedCalls(privilege);
  const identity = user === undefined ? undefined : await identityOf(user, io);
  return {
    transport: native(),
    identity,
    privileged,
    [Symbol.asyncDispose]: async () => identity?.dispose(),
  };
}

async function privilegedCalls(words: readonly string[] | undefined) {
  if (words === undefined) return asTheyAre;
  const { privilegedServices } = await import('@wmisec/privileges');
  const names = await privilegeNames(words);
  return (services: WbemServices) => privilegedServices(services, names);
}

function asTheyAre(services: WbemServices): WbemServices {
  return services;
}

async function identityOf(user: string, io: Io): Promise<PasswordIdentity> {
  return passwordIdentity({ user, password: await readPassword(io.stdin) });
}

async function openEmbedded(options: ConnectionOptions, io: Io): Promise<OpenedTransport> {
  const service = await startService(options);
  try {
    const principal = options.user === undefined ? service.owner : await logOn(service, options.user, io);
    const as = await withPrivileges(principal, options.privilege);
    return {
      transport: service.transport({ as }),
      identity: undefined,
      privileged: asTheyAre,
      [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
    };
  } catch (error) {
    await service[Symbol.asyncDispose]();
    throw error;
  }
}

async function startService({ store }: ConnectionOptions): Promise<EmbeddedService> {
  const { createService, lmdbRepository } = await import('@wmisec/embedded');
  const repository = store === undefined ? undefined : await lmdbRepository({ directory: store });
  return createService({ repository });
}

async function logOn({ accounts }: EmbeddedService, user: string, io: Io) {
  return accounts.logon({ user, password: await readPassword(io.stdin), remote: false });
}

function invalid(message: string): WmisecError {
  return new WmisecError('INVALID_ARGUMENT', message);
}
