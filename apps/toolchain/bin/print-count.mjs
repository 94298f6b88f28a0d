#!/usr/bin/env node
/** print-count.mjs <vitest's JSON report> <its exit code> <how many other steps failed>: the last lines of .ci/run: what failed, and the count. */
import { describeVitestFailures, readVitestCount } from '../src/vitest-count.mjs';

const [report, exitCode, failedSteps] = process.argv.slice(2);
const tests = readVitestCount(report, Number(exitCode));
for (const text of describeVitestFailures(report)) console.log(`\n${text}`);
const failed = tests.failed + Number(failedSteps);
console.log(`${tests.passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
