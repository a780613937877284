/** Gives whole numbers from 0 up to a limit, the same ones for a seed. */
export type Pick = (limit: number) => number;

/** A small generator (xorshift) that repeats a run exactly. */
export function random(seed: number): Pick {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}
