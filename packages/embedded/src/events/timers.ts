/** How a service does things later; a test brings its own. */
export interface Timers {
  /** Runs something once, after so many milliseconds. @returns what cancels it. */
  after(milliseconds: number, run: () => void): () => void;
}

/** The longest delay that the timers of Node take; a longer one would fire at once. */
const LONGEST = 0x7fff_ffff;

export const systemTimers: Timers = {
  after(milliseconds, run) {
    let timer: NodeJS.Timeout;
    const wait = (left: number) => {
      const next = left > LONGEST ? () => wait(left - LONGEST) : run;
      timer = setTimeout(next, Math.min(left, LONGEST));
    };
    wait(milliseconds);
    return () => clearTimeout(timer);
  },
};
