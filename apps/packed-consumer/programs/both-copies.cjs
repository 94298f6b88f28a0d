/** The ESM and the CommonJS copy in one process. Thread ids count up, so a thread of our own tells how many came before it. */
const { Worker } = require('node:worker_threads');
const required = require('@memx/core');

(async () => {
  const imported = await import('@memx/core');
  for (const { trackMemory } of [required, imported, required]) trackMemory(() => 1, { intervalMs: 10 })();
  const probe = new Worker('', { eval: true });
  console.log(
    JSON.stringify({
      areTwo: required.trackMemory !== imported.trackMemory,
      threadsStarted: probe.threadId - 1,
    }),
  );
})();
