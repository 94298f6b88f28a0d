/**
 * Broken heap snapshots against all that reads snapshots: each must give a value or a MemxError, soon and in little memory.
 * Sets exit code 1 when one does not, and says how to run that input alone.
 *
 * `--inputs 100000`, `--seed 1`, `--only 4711` for one input.
 */
import { parseArgs } from 'node:util';
import { readCount } from '../src/options.mjs';
import { printFigure } from '../src/print.mjs';
import { fuzzSnapshots } from '../src/snapshot/fuzz-snapshots.mjs';

const SHOWN = 10;
const LINE_EVERY = 10_000;

export async function bench(commandLine) {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      inputs: { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
  });
  const seed = readCount('seed', values.seed);
  const range = values.only
    ? { from: Number(values.only), to: Number(values.only) + 1 }
    : { from: 0, to: readCount('inputs', values.inputs) };
  const startedAt = performance.now();
  const { outcomes, failures } = await fuzzSnapshots({ seed, ...range, onProgress: printProgress(range.to) });
  for (const [kind, count] of Object.entries(outcomes).sort()) printFigure(kind, count);
  const inputs = range.to - range.from;
  printFigure(`${inputs} inputs, seconds`, ((performance.now() - startedAt) / 1000).toFixed(1));
  printFigure('inputs that failed', new Set(failures.map(({ input }) => input)).size, '0');
  for (const failure of failures.slice(0, SHOWN)) printFailure(failure, seed);
  if (failures.length > 0) process.exitCode = 1;
}

function printFailure({ input, target, changes = [], problem }, seed) {
  console.log(`\n  pnpm bench snapshot-fuzz --seed ${seed} --only ${input}`);
  console.log(`  ${target}: ${changes.join(', ')}\n  ${problem.replaceAll('\n', '\n  ')}`);
}

/** On stderr: all the time where somebody looks, and else, for a log, a line now and then. */
function printProgress(to) {
  if (process.stderr.isTTY) return (done) => process.stderr.write(`\r  ${done} of ${to}`);
  let next = LINE_EVERY;
  return (done) => {
    if (done < next) return;
    next = done + LINE_EVERY;
    process.stderr.write(`  ${done} of ${to}\n`);
  };
}
