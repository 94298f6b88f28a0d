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

/**
 * What went wrong in a run, by its own report, as text to read at the end of a long log: what failed, and what passed only when it
 * was tried again.
 *
 * @param {string} file the JSON report
 */
export function describeVitestFailures(file) {
  if (!existsSync(file)) return ['The tests left no report.'];
  return JSON.parse(readFileSync(file, 'utf8')).testResults.flatMap(
    ({ name, message, status, assertionResults }) => {
      if (status === 'failed' && assertionResults.length === 0) return [`Not loaded: ${name}\n${message}`];
      return assertionResults
        .filter(({ failureMessages }) => failureMessages.length > 0)
        .map((test) => {
          const verdict = test.status === 'failed' ? 'Failed' : 'Passed when tried again';
          return [`${verdict}: ${name} > ${test.fullName}`, ...test.failureMessages].join('\n');
        });
    },
  );
}
