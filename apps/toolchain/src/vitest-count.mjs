import { existsSync, readFileSync } from 'node:fs';

/** Arguments that make a vitest run show itself as usual and leave its own count in a file. */
export function countingReporters(file) {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

/**
 * What one vitest run passed, failed and skipped, by its own report. A file that could not be loaded holds no test and is
 * one failure; so is a run that ends badly with no failed test to show for it.
 *
 * @param {string} file the JSON report
 * @param {number | null} exitCode of the run
 */
export function readVitestCount(file, exitCode) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unloaded.length;
  return {
    passed: report.numPassedTests,
    failed: exitCode === 0 ? failed : Math.max(failed, 1),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
