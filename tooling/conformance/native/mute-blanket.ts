import { ComStatus, type SecurableProxy, type Transport, WbemError } from '@wmisec/wbem';

/**
 * Wine's proxies answer every question for their blanket with no security at all, whatever was set. Here they
 * say nothing instead, so that the cases can run where nothing is proven.
 */
export function muteBlanket(transport: Transport): Transport {
  return {
    ...transport,
    defaultBlanket: transport.defaultBlanket,
    open: async (request) => muted(await transport.open(request)),
  };
}

function muted<T extends object>(value: T): T {
  return new Proxy(value, {
    get(target, key) {
      if (key === 'queryBlanket') return refuse;
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === 'function'
        ? (...args: unknown[]) => mutedResult(member.apply(target, args))
        : member;
    },
  });
}

function mutedResult(result: unknown): unknown {
  if (result instanceof Promise) return result.then(mutedResult);
  return isProxy(result) ? muted(result) : result;
}

function isProxy(value: unknown): value is SecurableProxy {
  return typeof value === 'object' && value !== null && 'proxyKind' in value;
}

function refuse(): never {
  throw new WbemError(ComStatus.E_NOINTERFACE);
}
