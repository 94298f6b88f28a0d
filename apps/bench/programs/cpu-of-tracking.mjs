/**
 * The CPU time of the same work, all threads counted, plain and tracked in turn within one process: over pieces of 0.1 s
 * the machine stays the same, where whole processes differ by 4 %.
 */
import { trackMemory } from '@memx/core';
import { alternate } from '../src/alternate.mjs';
import { mixedWork } from './mixed-work.mjs';
import { report } from './report.mjs';

const ROUNDS = 50;
const PAIRS = 40;

const tracked = trackMemory(mixedWork, { intervalMs: 10 });
await alternate(8, cpuMsOf(mixedWork), cpuMsOf(tracked)); // V8 compiles the work, and the sampling thread starts
report(await alternate(PAIRS, cpuMsOf(mixedWork), cpuMsOf(tracked)));

function cpuMsOf(work) {
  return async () => {
    const before = process.cpuUsage();
    await work(ROUNDS);
    const { user, system } = process.cpuUsage(before);
    return { cpuMs: (user + system) / 1000 };
  };
}
