/**
 * Preloaded into a process, it writes the floor of that process' memory again and again: heap and resident set right
 * after a full collection. Only in the program that MEMX_SOAK_PROBED names: memx gives its own preloads to the
 * program that it watches, which has to be left alone.
 */
const { appendFileSync, realpathSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

const { MEMX_SOAK_PROBED: probed, MEMX_SOAK_FLOORS: file, MEMX_SOAK_EVERY_MS: everyMs } = process.env;

if (isMainThread && process.argv[1] && realpathSync(process.argv[1]) === probed) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const startedAt = performance.now();
  const write = () => {
    collect();
    const { heapUsed: heapUsedBytes, rss: rssBytes } = process.memoryUsage();
    const timeMs = performance.now() - startedAt;
    appendFileSync(file, `${JSON.stringify({ timeMs, heapUsedBytes, rssBytes })}\n`);
  };
  setInterval(write, Number(everyMs)).unref();
}
