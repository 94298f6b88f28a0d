/** snapshot-engine.mjs <engine> <file> <peers as JSON>: opens a snapshot in a process of its own and tells what that took. */
import { countByType, GRAPH_ENGINES } from '../src/snapshot/engines.mjs';
import { report } from './report.mjs';

const [engine, file, peers] = process.argv.slice(2);
const open = engine === 'histogram' ? countByType : GRAPH_ENGINES[engine];
const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
const answer = await open(file, JSON.parse(peers));
const wallMs = performance.now() - startedAt;
const own = process.cpuUsage(cpuBefore);
// Of the whole process: its start, all threads, and what the engine's own collections cost.
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const cpuMs = (userCPUTime + systemCPUTime) / 1000;
report({ answer, wallMs, ownCpuMs: (own.user + own.system) / 1000, cpuMs, peakRssBytes: maxRSS * 1024 });
