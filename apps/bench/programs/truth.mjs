/**
 * truth.mjs count <file>: the bytes of one call of the file's `run`, by countAllocations.
 * truth.mjs profile <file> <calls> <interval> [exact]: who allocated in so many calls, by AdvancedMemoryProfiler.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AdvancedMemoryProfiler, countAllocations, rankFunctions, totalOf } from '@memx/advanced';
import { report } from './report.mjs';

const HERE = fileURLToPath(import.meta.url);
const [mode, file, calls, interval, exact] = process.argv.slice(2);
/** V8 compiles, and allocates more before it has. */
const WARM_UP_CALLS = 30_000;
const latest = { result: null };

const { run } = await import(pathToFileURL(file).href);
report(mode === 'count' ? await countBytes() : await profileCalls());

async function countBytes() {
  let i = 0;
  const { bytesPerCall } = await countAllocations(() => run(i++));
  return { bytesPerCall };
}

async function profileCalls() {
  const options = { measure: 'total', samplingIntervalBytes: Number(interval), exact: exact === 'exact' };
  new AdvancedMemoryProfiler(options).stop(); // inlining must be off before the program is hot
  const call = (await isAsync()) ? callInTurn : callRepeatedly;
  await call(run, WARM_UP_CALLS);
  const program = await profileOf(() => call(run, Number(calls)), options);
  const settled = Promise.resolve();
  const idle = await profileOf(
    () => call(call === callInTurn ? () => settled : () => 0, Number(calls)),
    options,
  );
  const { samples } = totalOf(program);
  const ofProgram = { ...program, stacks: program.stacks.filter((stack) => !isOfHarness(program, stack)) };
  return {
    precision: program.precision,
    sizeBytes: totalOf(program).sizeBytes - totalOf(idle).sizeBytes,
    samples,
    places: rankFunctions(ofProgram),
  };
}

async function profileOf(work, options) {
  const profiler = new AdvancedMemoryProfiler(options);
  const done = work();
  if (done) await done;
  const profile = profiler.profile();
  profiler.stop();
  return profile;
}

async function isAsync() {
  const result = run(0);
  const is = result instanceof Promise;
  await result;
  return is;
}

/** What this file allocates to call and to wait. What V8 inlines is charged to it, too: `exact` and lines prevent that. */
function isOfHarness({ frames }, stack) {
  const own = stack.frames.map((index) => frames[index]).filter(({ origin }) => origin === 'own');
  return own.length > 0 && own.every(({ filename }) => filename === HERE);
}

function callRepeatedly(fn, count) {
  for (let i = 0; i < count; i++) latest.result = fn(i);
}

async function callInTurn(fn, count) {
  for (let i = 0; i < count; i++) latest.result = await fn(i);
}
