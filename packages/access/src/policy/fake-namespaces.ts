import {
  type CimInstance,
  defineClass,
  instanceOf,
  type PropertyBag,
  qualifier,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';
import { decodeSecurityDescriptor } from '../descriptor/decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from '../descriptor/encode-security-descriptor.ts';
import type { SecurityDescriptor } from '../descriptor/security-descriptor.ts';
import { ownAces } from '../namespace/check-namespace-descriptor.ts';
import { namespaceDescriptorInForce } from '../namespace/inherited-aces.ts';
import type { OpenNamespace } from './plan-policy.ts';

const systemSecurity = defineClass({ name: '__SystemSecurity' });

interface FakeNamespace {
  own: SecurityDescriptor;
  requiresEncryption: boolean;
}

/** Namespaces for tests, which keep descriptors as `__SystemSecurity` does. The parent of a path is its prefix. */
export class FakeNamespaces {
  readonly #namespaces = new Map<string, FakeNamespace>();
  writes = 0;

  add(path: string, own: SecurityDescriptor): this {
    this.#namespaces.set(path, { own, requiresEncryption: false });
    return this;
  }

  inForce(path: string): SecurityDescriptor {
    const namespace = this.#find(path);
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('\\')));
    return namespaceDescriptorInForce(
      namespace.own,
      this.#namespaces.has(parent) ? this.inForce(parent) : null,
    );
  }

  requiresEncryption(path: string): boolean {
    return this.#find(path).requiresEncryption;
  }

  readonly open: OpenNamespace = async (path) => {
    const namespace = this.#find(path);
    const services: Partial<WbemServices> = {
      namespace: path,
      execMethod: async (_path, method, inParams) => this.#call(path, namespace, method, inParams ?? {}),
      getObject: async () => withEncryption(namespace.requiresEncryption),
      putInstance: async ({ qualifiers = [] }: CimInstance) => {
        this.writes += 1;
        namespace.requiresEncryption = qualifiers.some(
          ({ name, value }) => name === 'RequiresEncryption' && value === true,
        );
        return '__SystemSecurity=@';
      },
      [Symbol.asyncDispose]: async () => {},
    };
    return services as WbemServices;
  };

  #call(path: string, namespace: FakeNamespace, method: string, inParams: PropertyBag) {
    if (method === 'GetSD') {
      return { returnValue: 0, outParams: { SD: Array.from(encodeSecurityDescriptor(this.inForce(path))) } };
    }
    if (method !== 'SetSD') throw new WbemError(WbemStatus.WBEM_E_INVALID_METHOD);
    this.writes += 1;
    const sent = decodeSecurityDescriptor(Uint8Array.from(inParams['SD'] as readonly number[]));
    const aces = sent.dacl.kind === 'list' ? ownAces(sent.dacl.aces) : [];
    namespace.own = { ...sent, dacl: { kind: 'list', aces } };
    return { returnValue: 0, outParams: {} };
  }

  #find(path: string): FakeNamespace {
    const namespace = this.#namespaces.get(path);
    if (namespace === undefined) throw new WbemError(WbemStatus.WBEM_E_INVALID_NAMESPACE);
    return namespace;
  }
}

function withEncryption(required: boolean): CimInstance {
  return {
    ...instanceOf(systemSecurity),
    qualifiers: required ? [qualifier('RequiresEncryption', true)] : [],
  };
}
