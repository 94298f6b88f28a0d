/**
 * Fills its heap with one kind of thing, predicts what a snapshot costs, takes it, and prints both; or that it was refused, for it would not fit.
 *
 * `snapshot-price.mjs <kind> <MB>`
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeSnapshot } from '@memx/advanced';
import { report } from './report.mjs';

const [, , kind, megabytes] = process.argv;
const count = (bytesEach) => Math.ceil((Number(megabytes) * 1e6) / bytesEach);
const times = (length, make) => Array.from({ length }, (_, index) => make(index));
/** In lists of 1,000: V8 makes a name of each index, so that one long list is another kind. */
const nested = (length, make) =>
  times(Math.ceil(length / 1_000), (list) => times(1_000, (index) => make(list * 1_000 + index)));

const KINDS = {
  'small objects': () => nested(count(64), (index) => ({ index, next: null, flag: index & 1 })),
  'one list of objects': () => times(count(56), (index) => ({ index, flag: index & 1 })),
  'short strings': () => nested(count(48), (index) => `user-${index}-abcdefgh`.toUpperCase()),
  'long strings': () =>
    times(count(10_016), (index) => Buffer.alloc(9_990, 65 + (index % 26)).toString('latin1') + index),
  'one Map': () => new Map(times(count(140), (index) => [`k${index}`, { index, tags: [index, index + 1] }])),
  closures: () =>
    nested(count(150), (index) => {
      const pair = [index];
      return () => pair[0] + index;
    }),
  'lists of references': () => {
    const shared = {};
    return times(count(8_016), () => new Array(1_000).fill(shared));
  },
  'lists of numbers': () => times(count(8_016), () => times(1_000, (index) => index + 0.5)),
  dictionaries: () =>
    nested(count(1_400), (index) => {
      const made = Object.create(null);
      for (let key = 0; key < 20; key++) made[`key${(index * 7 + key * 13) % 5_000}`] = key * index;
      return made;
    }),
  sets: () => nested(count(700), (index) => new Set(times(20, (value) => index * 20 + value))),
  promises: () => nested(count(170), (index) => new Promise(() => {}).then(() => index)),
  'typed arrays': () => nested(count(300), (index) => new Uint8Array(16).fill(index)),
  'parsed JSON': () => {
    const record = (id) => ({
      id,
      name: `name ${id}`,
      tags: ['a', `t${id}`],
      at: { lat: id / 3, lng: id / 7 },
    });
    const text = JSON.stringify(times(100, record));
    return times(count(20_000), () => JSON.parse(text));
  },
  'one list of numbers': () => times(count(8), (index) => index),
  'linked list': () => {
    let head = null;
    for (let value = 0; value < count(40); value++) head = { value, next: head };
    return head;
  },
  "a service's orders": () =>
    nested(count(900), (index) => ({
      id: index,
      customer: { name: `customer ${index}`, email: `c${index}@example.com` },
      lines: times(4, (line) => ({ sku: `sku${index}${line}`, quantity: line, price: line * 1.25 })),
      at: new Date(),
      note: `${'x'.repeat(200)}${index}`,
    })),
};

globalThis.held = KINDS[kind]();
const to = join(tmpdir(), `memx-bench-price-${process.pid}.heapsnapshot`);
let before;
let cpuBefore;
try {
  const taken = await takeSnapshot({
    to,
    onProgress: ({ phase }) => {
      if (phase !== 'priced') return;
      resetPeak();
      before = residentBytes('VmRSS');
      cpuBefore = process.cpuUsage();
    },
  });
  const { user, system } = process.cpuUsage(cpuBefore);
  report({
    node: process.version,
    predicted: taken.price,
    actual: {
      // CPU, so that a neighbour on the machine does not count: the pause of a process that has a core to itself.
      pauseMs: (user + system) / 1_000,
      peakExtraBytes: residentBytes('VmHWM') - before,
      fileBytes: taken.writtenBytes,
    },
  });
} catch (error) {
  if (error.code !== 'ERR_MEMX_TOO_EXPENSIVE') throw error;
  report({ node: process.version, refused: error.message });
} finally {
  rmSync(to, { force: true });
}

function resetPeak() {
  writeFileSync('/proc/self/clear_refs', '5');
}

function residentBytes(key) {
  return Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'latin1'))[1]) * 1024;
}
