import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { loadOptions, sendLoad } from './start-load.mjs';

const MEMX = fileURLToPath(new URL('bin/memx.mjs', import.meta.resolve('memx/package.json')));
const PROBE = fileURLToPath(new URL('floor-probe.cjs', import.meta.url));
export const SERVER = fileURLToPath(new URL('../../programs/soak-server.mjs', import.meta.url));
/** As often as a watch has its rounds: a floor depends on how often V8 collects. */
const TWIN_EVERY_MS = 5_000;
/** Seldom, so that memx's memory is what its user sees. */
const MEMX_EVERY_MS = 30_000;

/** @typedef {{ timeMs: number, heapUsedBytes: number, rssBytes: number }} Floor */

/**
 * The server under `memx check`, with the load that memx sends.
 *
 * @param {{ kind: 'healthy' | 'leak', minutes: number, folder: string }} options
 */
export async function runWatched({ kind, minutes, folder }) {
  const result = join(folder, `${kind}.json`);
  const evidence = join(folder, `${kind}-evidence.json`);
  const floors = join(folder, `${kind}-memx.jsonl`);
  const duration = ['-d', `${minutes * 60}s`];
  const files = ['--json', '-o', result, '--evidence', evidence];
  const command = [MEMX, 'check', ...duration, ...files, ...loadOptions(), SERVER, '--', kind];
  const program = startProbed(command, { probed: MEMX, floors, everyMs: MEMX_EVERY_MS, stdout: 'ignore' });
  const [exitCode] = await new Promise((resolve) => program.once('exit', (...how) => resolve(how)));
  return {
    exitCode,
    document: JSON.parse(readFileSync(result, 'utf8')),
    evidence: existsSync(evidence) ? JSON.parse(readFileSync(evidence, 'utf8')) : null,
    memxFloors: readFloors(floors),
  };
}

/**
 * The same server and load without memx, but with a full collection as often.
 *
 * @param {{ minutes: number, folder: string }} options
 * @returns {Promise<Floor[]>}
 */
export async function runTwin({ minutes, folder }) {
  const floors = join(folder, 'twin.jsonl');
  const program = startProbed([SERVER, 'healthy'], {
    probed: SERVER,
    floors,
    everyMs: TWIN_EVERY_MS,
    stdout: 'pipe',
  });
  const lines = createInterface({ input: program.stdout });
  const { port } = JSON.parse(await new Promise((resolve) => lines.once('line', resolve)));
  try {
    await sendLoad(port, minutes * 60_000);
  } finally {
    program.kill();
  }
  return readFloors(floors);
}

function startProbed(command, { probed, floors, everyMs, stdout }) {
  const env = {
    ...process.env,
    MEMX_SOAK_PROBED: probed,
    MEMX_SOAK_FLOORS: floors,
    MEMX_SOAK_EVERY_MS: String(everyMs),
  };
  return spawn(process.execPath, ['--require', PROBE, ...command], {
    stdio: ['ignore', stdout, 'inherit'],
    env,
  });
}

/** @param {string} file @returns {Floor[]} */
function readFloors(file) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}
