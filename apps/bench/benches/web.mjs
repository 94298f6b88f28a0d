/**
 * An Express app of twenty routes under load, run by `memx profile --lines`: is the line that allocates most for a route the one
 * that its author would name? Of the stacks that come from a route's handler, the innermost line inside the handler counts.
 * Sets exit code 1 when a route is wrong.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { decodeProfile } from '@memx/advanced';
import autocannon from 'autocannon';
import { printFigure } from '../src/print.mjs';

const MEMX = fileURLToPath(new URL('bin/memx.mjs', import.meta.resolve('memx/package.json')));
const APP = fileURLToPath(new URL('../programs/web-app.mjs', import.meta.url));
const REQUESTS = 20_000;
const CONNECTIONS = 20;

export async function bench() {
  const routes = readRoutes();
  const folder = mkdtempSync(join(tmpdir(), 'memx-web-'));
  try {
    const file = join(folder, 'web.json');
    const load = await profileUnderLoad(file, routes);
    const profile = await decodeProfile(readFileSync(file));
    const rows = routes.map((route) => ({ ...route, ...topLineOf(route, profile) }));
    printRows(rows);
    printFigure('requests answered', `${load['2xx']} of ${REQUESTS}`, 'all');
    const right = rows.filter(({ top, marked }) => top === marked).length;
    printFigure("routes whose handler's line is on top", `${right} of ${rows.length}`, 'all');
    if (right < rows.length || load['2xx'] < REQUESTS) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Path, first and last line of the handler, and the line that is marked. */
function readRoutes() {
  const routes = [];
  for (const [index, text] of readFileSync(APP, 'utf8').split('\n').entries()) {
    const path = /^app\.get\('(.*?)'/.exec(text)?.[1];
    if (path) routes.push({ path, first: index + 1 });
    const route = routes.at(-1);
    if (text.endsWith('//@')) route.marked = index + 1;
    if (text === '});' && route) route.last ??= index + 1;
  }
  return routes.filter(({ marked }) => marked);
}

async function profileUnderLoad(file, routes) {
  const program = spawn(process.execPath, [MEMX, 'profile', '--lines', '-o', file, APP], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((done) => program.once('exit', done));
  const lines = createInterface({ input: program.stdout });
  const { port } = JSON.parse(await new Promise((done) => lines.once('line', done)));
  const load = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: CONNECTIONS,
    amount: REQUESTS,
    requests: routes.map(({ path }) => ({ path })),
  });
  await (await fetch(`http://127.0.0.1:${port}/stop`)).text();
  await ended;
  return load;
}

function topLineOf({ first, last }, { stacks, frames }) {
  const sums = new Map();
  let samples = 0;
  for (const stack of stacks) {
    const frame = stack.frames
      .map((index) => frames[index])
      .find(({ filename, line }) => filename === APP && line >= first && line <= last);
    if (!frame) continue;
    sums.set(frame.line, (sums.get(frame.line) ?? 0) + stack.sizeBytes);
    samples += stack.samples;
  }
  const [[top, bytes] = [null, 0]] = [...sums].sort(([, a], [, b]) => b - a);
  return { top, bytes, share: bytes / [...sums.values()].reduce((sum, size) => sum + size, 1), samples };
}

function printRows(rows) {
  const table = rows.map(({ path, top, marked, bytes, share, samples }) => [
    path,
    {
      'line on top': top,
      'marked line': marked,
      'KiB a request': Math.round((10 * bytes) / 1024 / (REQUESTS / rows.length)) / 10,
      'share of the route': `${Math.round(100 * share)} %`,
      samples,
    },
  ]);
  console.table(Object.fromEntries(table));
}
