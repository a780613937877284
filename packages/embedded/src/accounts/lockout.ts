export interface LockoutPolicy {
  /** How many failures in a row lock an account; 0 never locks one. Default 10. */
  readonly threshold: number;
  /** After how long without a failure those before are forgotten, in milliseconds. Default 10 minutes. */
  readonly windowMs: number;
  /** How long the lock lasts, in milliseconds. Default 10 minutes. */
  readonly durationMs: number;
}

const TEN_MINUTES = 600_000;

/** The defaults of Windows 11. */
export const DEFAULT_LOCKOUT: LockoutPolicy = {
  threshold: 10,
  windowMs: TEN_MINUTES,
  durationMs: TEN_MINUTES,
};

/** Times are milliseconds since 1970. */
export interface Failures {
  readonly count: number;
  readonly lastAt: number;
  readonly lockedAt: number | null;
}

export const NO_FAILURES: Failures = { count: 0, lastAt: 0, lockedAt: null };

export function isLocked({ lockedAt }: Failures, now: number, { durationMs }: LockoutPolicy): boolean {
  return lockedAt !== null && now - lockedAt < durationMs;
}

/**
 * One more attempt, counted as a failure before its outcome is known, so that attempts side by side cannot get
 * past the limit. While the account is locked nothing changes.
 */
export function countAttempt(failures: Failures, now: number, policy: LockoutPolicy): Failures {
  if (isLocked(failures, now, policy)) return failures;
  const forgotten = failures.lockedAt !== null || now - failures.lastAt >= policy.windowMs;
  const count = (forgotten ? 0 : failures.count) + 1;
  const locks = policy.threshold > 0 && count >= policy.threshold;
  return { count, lastAt: now, lockedAt: locks ? now : null };
}
