// Commands load what they need on first use.
import { setTimeout as sleep } from 'node:timers/promises';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const BUILT_IN = [
  'http',
  'https',
  'http2',
  'zlib',
  'crypto',
  'dns',
  'net',
  'tls',
  'readline',
  'child_process',
];
const FORMATS = Array.from(
  { length: 30 },
  (_, i) =>
    `export const format = (x) => 'f${i}:' + x; export const table = ${JSON.stringify(Array.from({ length: 200 }, (_, j) => `cell-${i}-${j}`))};`,
);
const commands = [
  ...BUILT_IN.map((name) => () => import(`node:${name}`)),
  ...FORMATS.map((source) => () => import(`data:text/javascript,${encodeURIComponent(source)}`)),
];

let n = 0;
let names = 0;
for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
  const known = Math.min(commands.length, 1 + Math.floor((elapsed / (RUN_MS / 2)) * commands.length));
  names += Object.keys(await commands[n++ % known]()).length;
  await sleep(10);
}
console.log(`ops=${n} names=${names}`);
