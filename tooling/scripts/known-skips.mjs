/**
 * Tests that cannot run where the checks run, each with its reason. `npm test -- --require-all` fails for any
 * other test that was skipped. `test` is the full name as vitest prints it, or a pattern of it.
 */
export const KNOWN_SKIPS = [];
