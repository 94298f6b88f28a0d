/** Preloaded, it writes the CPU time of the process that runs MEMX_BENCH_CPU_OF, and of no other, when it ends. */
const { realpathSync, writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const { MEMX_BENCH_CPU_OF: script, MEMX_BENCH_CPU_FILE: file } = process.env;
if (isMainThread && process.argv[1] && realpathSync(process.argv[1]) === script) {
  process.once('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(file, JSON.stringify({ cpuMs: (user + system) / 1000 }));
  });
}
