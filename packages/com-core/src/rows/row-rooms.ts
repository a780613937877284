import type { Native } from '../raw/native.ts';
import { RowRoom } from './row-room.ts';

/** Rows that one native call fetches at most. */
export const MOST_ROWS = 2048;
/** Rows that a small room is for: events, the first row of a query. */
const FEW_ROWS = 64;
/** VARIANTs that a room has for each row at least. */
const LEAST_WIDTH = 8;
/** Rooms that are kept, of 400 kB each as a rule; an enumerator uses two. */
const KEPT = 4;

/** Rooms for rows, kept for the next enumerator: new memory costs more than what is written to it. */
export class RowRooms implements Disposable {
  readonly #native: Native;
  readonly #free: RowRoom[] = [];

  constructor(native: Native) {
    this.#native = native;
  }

  /** A clear room for that many rows, `MOST_ROWS` at most, and for that many VARIANTs. */
  take(rows: number, values: number): RowRoom {
    const index = this.#free.findIndex((room) => room.fits(rows, values));
    if (index >= 0) return this.#free.splice(index, 1)[0]!;
    const objects = rows <= FEW_ROWS ? FEW_ROWS : MOST_ROWS;
    return new RowRoom(this.#native, objects, Math.max(values, objects * LEAST_WIDTH));
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
