/** The CPU time that some work takes in this process once V8 has compiled it, all threads counted. */
import { mixedWork } from './mixed-work.mjs';
import { report } from './report.mjs';

const ROUNDS = 400;

await mixedWork(ROUNDS);
const before = process.cpuUsage();
await mixedWork(ROUNDS);
const { user, system } = process.cpuUsage(before);
report({ cpuMs: (user + system) / 1000 });
