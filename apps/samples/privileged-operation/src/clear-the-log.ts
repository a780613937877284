import type { PrivilegeName } from '@wmisec/access';
import { connect } from '@wmisec/auth';
import { privilegedServices } from '@wmisec/privileges';
import type { Transport } from '@wmisec/wbem';
import { LOG_PATH } from './log-server.ts';

export interface ClearOptions {
  /** Default: native COM, on Windows. */
  readonly transport?: Transport | undefined;
  /** What each call enables for itself, on Windows. */
  readonly enable?: readonly PrivilegeName[] | undefined;
}

/** Clears the log. With `enable` a token of the thread has the privileges for the call, and for nothing else. */
export async function clearTheLog({ transport, enable }: ClearOptions): Promise<void> {
  await using connection = await connect('root\\cimv2', { transport });
  const services =
    enable === undefined ? connection.services : privilegedServices(connection.services, enable);
  await services.execMethod(LOG_PATH, 'Clear');
}
