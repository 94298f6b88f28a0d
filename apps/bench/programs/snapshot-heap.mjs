/** snapshot-heap.mjs <customers> <file>: fills the heap with a service's data and lets V8 write its snapshot. */
import { writeHeapSnapshot } from 'node:v8';
import { ServicesData } from '../src/snapshot/services-data.mjs';
import { report } from './report.mjs';

const [customers, file] = [Number(process.argv[2]), process.argv[3]];
const data = new ServicesData();
for (let count = 0; count < customers; count++) data.addCustomer();
globalThis.services = data; // reachable by a name, as a service's own state is
const startedAt = process.cpuUsage();
writeHeapSnapshot(file);
const { user, system } = process.cpuUsage(startedAt);
const { heapUsed: heapBytes, rss: rssBytes } = process.memoryUsage();
report({
  heapBytes,
  rssBytes,
  peakRssBytes: process.resourceUsage().maxRSS * 1024,
  cpuMs: (user + system) / 1000,
});
