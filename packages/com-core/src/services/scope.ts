/** Takes over what has to be given back. */
export interface Holder {
  hold<T extends Disposable | null>(resource: T): T;
}

/** What one call holds, given back in reverse order. */
export class Scope implements Holder, AsyncDisposable {
  readonly #held: (Disposable | AsyncDisposable)[] = [];

  hold<T extends Disposable | AsyncDisposable | null>(resource: T): T {
    if (resource !== null) this.#held.push(resource);
    return resource;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const resource of this.#held.splice(0).reverse()) {
      if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
      else resource[Symbol.dispose]();
    }
  }
}

/** The same for objects of this process, given back on this thread. */
export class LocalScope implements Holder, Disposable {
  readonly #held: Disposable[] = [];

  hold<T extends Disposable | null>(resource: T): T {
    if (resource !== null) this.#held.push(resource);
    return resource;
  }

  [Symbol.dispose](): void {
    for (const resource of this.#held.splice(0).reverse()) resource[Symbol.dispose]();
  }
}
