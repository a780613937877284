import { readFileSync } from 'node:fs';

/**
 * What a JSON report of vitest says.
 * @returns counts, `skipped` tests by full name, and `broken` files, which failed before a test of theirs ran.
 *   A report that is missing or cannot be read counts as one failure.
 */
export function readReport(path) {
  const report = parse(path);
  if (report === undefined) return { passed: 0, failed: 1, skipped: [], broken: [] };
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const broken = report.testResults
    .filter(
      (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
    )
    .map(({ name }) => name);
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + broken.length,
    skipped: tests
      .filter(({ status }) => !['passed', 'failed'].includes(status))
      .map(({ fullName }) => fullName),
    broken,
  };
}

function parse(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
