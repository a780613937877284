/** What one call holds, given back in reverse order. */
export class Scope implements AsyncDisposable {
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
