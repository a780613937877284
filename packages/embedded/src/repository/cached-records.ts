import { RecordKind } from './lmdb-keys.ts';
import type { RecordReader } from './lmdb-records.ts';
import type { LmdbStore } from './lmdb-store.ts';

/** Few, and read with every call; instances are many and stay on disk. */
const KEPT: ReadonlySet<RecordKind> = new Set([RecordKind.Namespace, RecordKind.Class]);

/** Decodes namespaces and classes once, until any process writes. */
export class CachedRecords implements RecordReader {
  readonly #store: LmdbStore;
  readonly #single = new Map<string, unknown>();
  readonly #lists = new Map<string, readonly unknown[]>();
  #generation = -1;

  constructor(store: LmdbStore) {
    this.#store = store;
  }

  get(kind: RecordKind, ...names: readonly string[]): unknown {
    return this.#cached(this.#single, kind, names, () => this.#store.records.get(kind, ...names));
  }

  list(kind: RecordKind, ...names: readonly string[]): readonly unknown[] {
    return this.#cached(this.#lists, kind, names, () => this.#store.records.list(kind, ...names));
  }

  #cached<T>(cache: Map<string, T>, kind: RecordKind, names: readonly string[], read: () => T): T {
    this.#follow();
    if (!KEPT.has(kind)) return read();
    const key = JSON.stringify([kind, ...names]);
    const known = cache.get(key);
    if (known !== undefined) return known;
    const value = read();
    // What is not there is not remembered: its names could be anything, and have no end.
    if (value !== undefined) cache.set(key, value);
    return value;
  }

  #follow(): void {
    const generation = this.#store.refresh();
    if (generation === this.#generation) return;
    this.#single.clear();
    this.#lists.clear();
    this.#generation = generation;
  }
}
