/** overhead.mjs [tracked]: the CPU time that the same work takes in this process, all threads counted. */
import { mixedWork } from './mixed-work.mjs';
import { report } from './report.mjs';

await mixedWork(); // let V8 compile it, so that both sides measure the work alone

const work = process.argv[2] === 'tracked' ? await trackedWork() : mixedWork;
const before = process.cpuUsage();
await work();
const { user, system } = process.cpuUsage(before);
report({ cpuMs: (user + system) / 1000 });

async function trackedWork() {
  const { trackMemory } = await import('@memx/core');
  return trackMemory(mixedWork, { intervalMs: 10 });
}
