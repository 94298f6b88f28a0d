/** cost-of-external.mjs [sampled]: nanoseconds of CPU per call of what makes buffers, with and without sampling them. */
import { AdvancedMemoryProfiler } from '@memx/advanced';
import { report } from './report.mjs';

const CALLS = 200_000;
const ROUNDS = 7;

new AdvancedMemoryProfiler({ externalMemory: process.argv[2] === 'sampled' });

const ring = new Array(64);
const base = new Uint8Array(64);
const LOOPS = {
  'new Uint8Array(64)': (calls) => {
    for (let call = 0; call < calls; call++) ring[call & 63] = new Uint8Array(64);
  },
  'new Float64Array(8)': (calls) => {
    for (let call = 0; call < calls; call++) ring[call & 63] = new Float64Array(8);
  },
  'new Uint8Array(1000)': (calls) => {
    for (let call = 0; call < calls; call++) ring[call & 63] = new Uint8Array(1000);
  },
  'Buffer.alloc(64)': (calls) => {
    for (let call = 0; call < calls; call++) ring[call & 63] = Buffer.alloc(64);
  },
  'Buffer.allocUnsafe(64)': (calls) => {
    for (let call = 0; call < calls; call++) ring[call & 63] = Buffer.allocUnsafe(64);
  },
  'Buffer.from(text)': (calls) => {
    for (let call = 0; call < calls; call++) ring[call & 63] = Buffer.from('some text of a request');
  },
  'bytes.subarray(0, 16)': (calls) => {
    for (let call = 0; call < calls; call++) ring[call & 63] = base.subarray(0, 16);
  },
  'bytes.slice(0, 16)': (calls) => {
    for (let call = 0; call < calls; call++) ring[call & 63] = base.slice(0, 16);
  },
};

const nanos = {};
for (const loop of Object.values(LOOPS)) loop(20_000);
for (const [name, loop] of Object.entries(LOOPS)) nanos[name] = Math.min(...measure(loop));
report(nanos);

/** The least of several rounds: what else runs on the machine only adds. */
function measure(loop) {
  return Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    loop(CALLS);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / CALLS;
  });
}
