import type { Native } from '../raw/native.ts';
import { RowRoom } from './row-room.ts';

/** Rows that one native call fetches at most. */
export const MOST_ROWS = 2048;
/** VARIANTs that a room is made for at least. */
const LEAST_VALUES = 8 * MOST_ROWS;
/** Rooms that are kept, of 400 kB as a rule; an enumerator uses two. */
const KEPT = 4;

/** Rooms for rows, kept for the next enumerator: new memory costs more than what is written to it. */
export class RowRooms implements Disposable {
  readonly #native: Native;
  readonly #free: RowRoom[] = [];

  constructor(native: Native) {
    this.#native = native;
  }

  /** A clear room for `MOST_ROWS` objects and that many VARIANTs. */
  take(values: number): RowRoom {
    const index = this.#free.findIndex((room) => room.values >= values);
    if (index >= 0) return this.#free.splice(index, 1)[0]!;
    return new RowRoom(this.#native, MOST_ROWS, Math.max(values, LEAST_VALUES));
  }

  /** Clears a room and keeps it. */
  giveBack(room: RowRoom): void {
    room.clear();
    this.#free.push(room);
    if (this.#free.length > KEPT) this.#free.shift()!.free();
  }

  [Symbol.dispose](): void {
    for (const room of this.#free.splice(0)) room.free();
  }
}
