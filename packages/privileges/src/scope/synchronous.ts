import { WmisecError } from '@wmisec/wbem';

declare const returnsPromise: unique symbol;

/**
 * Meets a function type to make it one that returns no promise: `fn: (() => R) & Synchronous<R>`. What the
 * function did after its first `await` would run with whatever the thread then has.
 */
export type Synchronous<R> =
  IsAny<R> extends true
    ? unknown
    : [Extract<R, PromiseLike<unknown>>] extends [never]
      ? unknown
      : { readonly [returnsPromise]: 'a synchronous scope takes no function that returns a promise' };

/** What is `any` can only be judged at run time. */
type IsAny<T> = 0 extends 1 & T ? true : false;

/**
 * Refuses what a synchronous body must not return.
 * @throws WmisecError `SCOPE_CROSSES_AWAIT` for a thenable, whose outcome is then dropped.
 */
export function requireSynchronous<R>(result: R, scope: string): R {
  const then = typeof result === 'object' || typeof result === 'function' ? thenOf(result) : undefined;
  if (typeof then !== 'function') return result;
  Promise.resolve(result).catch(() => {});
  throw new WmisecError(
    'SCOPE_CROSSES_AWAIT',
    `${scope} ends when its body returns, so the body must not return a promise`,
  );
}

function thenOf(result: object | null): unknown {
  return (result as { then?: unknown } | null)?.then;
}
