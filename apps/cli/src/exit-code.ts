/** How the process ends; `wmisec --help` prints this table. */
export const ExitCode = {
  Success: 0,
  /** The operation failed. */
  Failure: 1,
  /** The command line, a query or a path could not be read. */
  Usage: 2,
  /** An audit found something. Its errors are all 1. */
  Findings: 2,
  /** A gate of the service or of DCOM refused. */
  AccessDenied: 3,
  /** Ctrl+C. */
  Interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Ends a command with a code of its own, when all has been said. */
export class CommandEnd extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode) {
    super(`the command ended with ${exitCode}`);
    this.exitCode = exitCode;
  }
}
