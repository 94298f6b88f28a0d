/** import-cost.mjs <module>: what one import takes, in a process that has done nothing else. */
import { report } from './report.mjs';

const specifier = process.argv[2];
const rssBefore = process.memoryUsage.rss();
const startedAt = performance.now();
await import(specifier);
report({ ms: performance.now() - startedAt, rssBytes: process.memoryUsage.rss() - rssBefore });
