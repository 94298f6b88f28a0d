/**
 * Do programs mean the same at line precision? Runs test suites from npm with and without the inserted functions and
 * compares every result. Sets exit code 1 if one differs, or if nothing was instrumented. Needs npm's registry, once.
 */

import { printFigure } from '../src/print.mjs';
import { installSuite } from '../src/suites/install-suite.mjs';
import { NPM_SUITES } from '../src/suites/npm-suites.mjs';
import { runSuite } from '../src/suites/run-suite.mjs';

/** @param {string[]} options `--only=<package>`, any number of times */
export async function bench(options) {
  const rows = [];
  for (const suite of chooseSuites(options)) {
    const folder = await installSuite(suite);
    if (folder === null) {
      console.log(`  ${suite.package}@${suite.version} skipped: npm could not install it`);
      continue;
    }
    const plain = await runSuite(suite, { folder, isInstrumented: false });
    const instrumented = await runSuite(suite, { folder, isInstrumented: true });
    rows.push(compare(suite, plain, instrumented));
    console.log(`  ${lineOf(rows.at(-1))}`);
  }
  const wrong = rows.filter(({ isEqual, files }) => !isEqual || files === 0);
  printFigure('\n  suites whose results differ', wrong.map(({ name }) => name).join() || 'none', 'none');
  if (wrong.length > 0) process.exitCode = 1;
}

function chooseSuites(options) {
  const only = options.filter((option) => option.startsWith('--only=')).map((option) => option.slice(7));
  return only.length === 0 ? NPM_SUITES : NPM_SUITES.filter((suite) => only.includes(suite.package));
}

function compare(suite, plain, instrumented) {
  const differences = difference(plain.results, instrumented.results);
  return {
    name: `${suite.package}@${suite.version}`,
    suite: suite.suite,
    plain: tally(plain.results),
    instrumented: tally(instrumented.results),
    isEqual: differences.length === 0 && plain.results.length > 0 && plain.exitCode === instrumented.exitCode,
    differences,
    files: instrumented.files,
    failedFiles: instrumented.failedFiles,
    cpuRatio: instrumented.cpuMs / plain.cpuMs,
  };
}

function lineOf({ name, suite, plain, instrumented, isEqual, differences, files, failedFiles, cpuRatio }) {
  const outcome = isEqual ? 'equal' : 'DIFFERENT';
  const line = `${name.padEnd(22)} ${suite.padEnd(26)} passed/failed ${plain} and ${instrumented}: ${outcome}; ${files} files, CPU ${cpuRatio.toFixed(2)}`;
  const notes = [...failedFiles.map((file) => `not parsed: ${file}`), ...differences.slice(0, 10)];
  return [line, ...notes].join('\n    ');
}

function tally(results) {
  const failed = results.filter((line) => line.startsWith('not ok')).length;
  return `${results.length - failed}/${failed}`;
}

/** What only one of the two runs has. */
function difference(plain, instrumented) {
  const counts = new Map();
  for (const line of plain) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of instrumented) counts.set(line, (counts.get(line) ?? 0) - 1);
  return [...counts]
    .filter(([, count]) => count !== 0)
    .map(([line, count]) => `${count > 0 ? 'without' : 'with'}: ${line}`);
}
