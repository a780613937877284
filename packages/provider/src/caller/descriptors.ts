import {
  type PreparedDescriptor,
  parseSddl,
  prepareDescriptor,
  type SecurityDescriptor,
} from '@wmisec/access';
import type { DescriptorDemand } from './demand.ts';

/** Texts kept ready; what guards the rows of one provider is mostly the same few. */
const MAX_KEPT = 256;

/** The descriptors that a provider's handlers ask about, each read and prepared once. */
export class Descriptors {
  #texts = new Map<string, SecurityDescriptor>();
  readonly #prepared = new WeakMap<SecurityDescriptor, PreparedDescriptor>();

  /**
   * @throws ParseError `INVALID_SDDL` for text that is none.
   * @throws WmisecError `ERROR_INVALID_SECURITY_DESCR` without owner or group.
   */
  prepare({ descriptor, mapping }: Omit<DescriptorDemand, 'desired'>): PreparedDescriptor {
    if (typeof descriptor === 'object' && 'rules' in descriptor) return descriptor;
    const source = typeof descriptor === 'string' ? this.#parsed(descriptor) : descriptor;
    if (mapping !== undefined) return prepareDescriptor(source, { mapping });
    let prepared = this.#prepared.get(source);
    if (prepared === undefined) {
      prepared = prepareDescriptor(source);
      this.#prepared.set(source, prepared);
    }
    return prepared;
  }

  #parsed(text: string): SecurityDescriptor {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const parsed = parseSddl(text);
    if (this.#texts.size === MAX_KEPT) this.#texts.clear();
    this.#texts.set(text, parsed);
    return parsed;
  }
}
