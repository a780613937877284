/** What the operating system tells of one process; null for what it does not. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parentPid: number | null;
  readonly name: string;
  readonly commandLine: string | null;
  readonly executablePath: string | null;
  readonly started: Date | null;
  readonly threads: number | null;
  readonly handles: number | null;
  /** 1 to 31 as on Windows, higher is more. */
  readonly priority: number | null;
  /** Units of 100 nanoseconds. */
  readonly kernelTime: bigint | null;
  /** Units of 100 nanoseconds. */
  readonly userTime: bigint | null;
  /** Bytes of physical memory. */
  readonly workingSet: bigint | null;
  /** The most bytes of physical memory so far. */
  readonly peakWorkingSet: bigint | null;
  readonly virtualSize: bigint | null;
  readonly pageFaults: number | null;
  readonly ownerName: string | null;
}

/** Where processes are listed. Facts are read when they are asked for, so a getter may cost a system call. */
export interface ProcessSource {
  list(): Iterable<readonly ProcessFacts[]> | AsyncIterable<readonly ProcessFacts[]>;
  /** @returns null when there is no such process. */
  find(pid: number): Promise<ProcessFacts | null>;
}
