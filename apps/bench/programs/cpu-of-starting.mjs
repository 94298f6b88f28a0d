/** cpu-of-starting.mjs [tracked]: the CPU time of half a second in which nothing happens, but for one tracked call. */
import { setTimeout as sleep } from 'node:timers/promises';
import { trackMemory } from '@memx/core';
import { report } from './report.mjs';

const before = process.cpuUsage();
if (process.argv[2] === 'tracked') trackMemory(() => 1, { intervalMs: 10 })();
await sleep(500);
const { user, system } = process.cpuUsage(before);
report({ cpuMs: (user + system) / 1000 });
