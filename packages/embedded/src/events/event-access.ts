import {
  checkPrepared,
  decodeSecurityDescriptor,
  NamespaceRight,
  type PreparedDescriptor,
  type PreparedToken,
  prepareNamespaceDescriptor,
  type SecurityDescriptor,
} from '@wmisec/access';
import { type CimValue, WbemError, WbemStatus, WmisecError } from '@wmisec/wbem';

/** Descriptors kept ready; events of one publisher mostly carry the same few. */
const MAX_KEPT = 256;

/**
 * The descriptors that events carry, each decoded and prepared once.
 * @see docs/rules.md 5.1
 */
export class EventDescriptors {
  readonly #kept = new Map<string, PreparedDescriptor>();
  readonly #ofSinks = new WeakMap<SecurityDescriptor, PreparedDescriptor>();

  /**
   * @param value of `SECURITY_DESCRIPTOR`: self-relative bytes, or null.
   * @returns null for null, with which an event is for everyone.
   * @throws WbemError `WBEM_E_INVALID_PARAMETER` for bytes that are no descriptor with owner and group.
   */
  prepare(value: CimValue): PreparedDescriptor | null {
    if (value === null) return null;
    const bytes = Uint8Array.from(value as readonly number[]);
    const id = Buffer.from(bytes).toString('latin1');
    const known = this.#kept.get(id);
    if (known !== undefined) return known;
    const prepared = decoded(bytes);
    if (this.#kept.size === MAX_KEPT) this.#kept.clear();
    this.#kept.set(id, prepared);
    return prepared;
  }

  /**
   * That of the sink which an event comes through.
   * @throws WbemError `WBEM_E_INVALID_PARAMETER` without owner and group.
   */
  prepareSink(descriptor: SecurityDescriptor): PreparedDescriptor {
    const known = this.#ofSinks.get(descriptor);
    if (known !== undefined) return known;
    const prepared = checked('the descriptor of the sink', () => prepareNamespaceDescriptor(descriptor));
    this.#ofSinks.set(descriptor, prepared);
    return prepared;
  }
}

/**
 * Whether somebody may receive an event: each descriptor on its way has to let them.
 * @see docs/rules.md 5.1
 */
export function mayReceive(descriptors: readonly PreparedDescriptor[], token: PreparedToken): boolean {
  for (const each of descriptors)
    if (!checkPrepared(each, token, NamespaceRight.WBEM_RIGHT_SUBSCRIBE).granted) return false;
  return true;
}

function decoded(bytes: Uint8Array): PreparedDescriptor {
  return checked('SECURITY_DESCRIPTOR', () => prepareNamespaceDescriptor(decodeSecurityDescriptor(bytes)));
}

function checked(what: string, prepare: () => PreparedDescriptor): PreparedDescriptor {
  try {
    return prepare();
  } catch (cause) {
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_PARAMETER,
      `${what}: expected a descriptor with owner and group, got none: ${messageOf(cause)}`,
      { cause },
    );
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof WmisecError ? cause.message : 'it cannot be read';
}
