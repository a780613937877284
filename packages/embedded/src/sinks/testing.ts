import { type Principal, parseSddl } from '@wmisec/access';
import type {
  AsyncWbemServices,
  AuthnLevel,
  CimObject,
  ObjectSink,
  SinkStatus,
  WbemServices,
} from '@wmisec/wbem';

import type { Repository } from '../repository/repository.ts';
import { tokenUser } from '../server/token-user.ts';
import { person } from '../testing.ts';

/** Keeps what it is told. */
export class RecordingSink implements ObjectSink {
  /** How many objects each `indicate` brought, and the status of each `setStatus`. */
  readonly log: (number | string)[] = [];
  readonly objects: CimObject[] = [];
  readonly ended: Promise<SinkStatus>;
  #end: (status: SinkStatus) => void = () => {};

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  indicate(objects: readonly CimObject[]): void {
    this.log.push(objects.length);
    this.objects.push(...objects);
  }

  setStatus(status: SinkStatus): void {
    this.log.push(`${status.kind} 0x${status.status.toString(16)}`);
    if (status.kind === 'complete') this.#end(status);
  }

  /** The property of each object. */
  values(name: string): unknown[] {
    return this.objects.map((each) => (each.kind === 'instance' ? each.properties[name] : each.className));
  }
}

export function asyncOf(services: WbemServices): AsyncWbemServices {
  return services.async!;
}

/** Writes what `root\cimv2` demands of who calls. @param rights which its descriptor grants; default: none. */
export function guardNamespace(
  repository: Repository,
  { to = person('ann'), rights = 0, requiresEncryption = false } = {},
): Promise<void> {
  const sddl = `O:BAG:BAD:(A;;0x${rights.toString(16)};;;${tokenUser(to.token)})`;
  return repository.transact((writer) =>
    writer.putNamespace({ path: 'root\\cimv2', descriptor: parseSddl(sddl), requiresEncryption }),
  );
}

/** Several turns of the event loop, in which everything that is under way gets ahead. */
export async function turns(count = 10): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** What asks which callbacks a client lets in, and notes who tried at which level. */
export function gatekeeper(lets: (level: AuthnLevel) => boolean = () => true) {
  const callers: Principal[] = [];
  return {
    callers,
    levels: () => callers.map(({ authnLevel }) => authnLevel),
    acceptsCallback: (caller: Principal) => {
      callers.push(caller);
      return lets(caller.authnLevel);
    },
  };
}
