import {
  checkPrepared,
  decodeSecurityDescriptor,
  NamespaceRight,
  type PreparedDescriptor,
  type PreparedToken,
  prepareNamespaceDescriptor,
} from '@wmisec/access';
import { type CimValue, WbemError, WbemStatus } from '@wmisec/wbem';

/** Descriptors kept ready; events of one publisher mostly carry the same few. */
const MAX_KEPT = 256;

/**
 * The descriptors that events carry, each decoded and prepared once.
 * @see docs/rules.md 5.1
 */
export class EventDescriptors {
  readonly #kept = new Map<string, PreparedDescriptor>();

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
}

/** Whether somebody may receive an event that carries a descriptor. @see docs/rules.md 5.1 */
export function mayReceive(descriptor: PreparedDescriptor | null, token: PreparedToken): boolean {
  return descriptor === null || checkPrepared(descriptor, token, NamespaceRight.WBEM_RIGHT_SUBSCRIBE).granted;
}

function decoded(bytes: Uint8Array): PreparedDescriptor {
  try {
    return prepareNamespaceDescriptor(decodeSecurityDescriptor(bytes));
  } catch (cause) {
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_PARAMETER,
      `SECURITY_DESCRIPTOR: expected the bytes of a descriptor with owner and group, got ${bytes.length} bytes that are none`,
      { cause },
    );
  }
}
