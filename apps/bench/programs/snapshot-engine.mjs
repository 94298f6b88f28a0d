/** snapshot-engine.mjs <engine> <file> <peers as JSON>: opens a snapshot in a process of its own and tells what that took. */
import { countByType, GRAPH_ENGINES } from '../src/snapshot/engines.mjs';
import { report } from './report.mjs';

const [engine, file, peers] = process.argv.slice(2);
const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];

/** What was spent so far: by the whole process with its start, all threads and collections, and without its start. */
function spent() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    wallMs: performance.now() - startedAt,
    ownCpuMs: (user + system) / 1000,
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    peakRssBytes: maxRSS * 1024,
  };
}

if (engine === 'histogram') {
  const answer = await countByType(file);
  report({ answer, ...spent() });
} else {
  const { open, ask } = GRAPH_ENGINES[engine];
  const opened = await open(file, JSON.parse(peers));
  const toOpen = spent();
  const asked = ask(opened);
  const withAnswers = spent();
  const { nodeCount, edgeCount, retainedBytes, names, retainersOfFirst } = opened;
  report({
    answer: { nodeCount, edgeCount, retainedBytes, names, retainersOfFirst, ...asked },
    toOpen,
    withAnswers,
  });
}
