import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MIB } from '../print.mjs';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('../../programs/snapshot-heap.mjs', import.meta.url));
const SOURCES = [
  PROGRAM,
  ...['services-data', 'random'].map((name) => fileURLToPath(new URL(`${name}.mjs`, import.meta.url))),
];

/** Of an empty Node and of one customer, in the file (Node 20.20; 22 to 26 are within 8 %). */
const EMPTY_MIB = 4.1;
const CUSTOMERS_PER_MIB = 135.7;
/** How far a file may be from the size that was asked for. */
const TOLERANCE = 0.15;

/** Where generated and fetched things are kept between runs; the system may clear it. */
export const BENCH_FOLDER = join(tmpdir(), 'memx-bench');

/**
 * A heap snapshot of a service's data of about `sizeMib`, written by V8 in a process of its own; kept for the next run.
 *
 * Writing 650 MiB takes 30 s of CPU and 4 GiB of memory.
 *
 * @param {number} sizeMib
 * @param {string} [node] the Node that makes it; its version is part of the file's name
 * @returns {Promise<{ path: string, sizeMib: number }>} the real size
 */
export async function generateSnapshot(sizeMib, node = process.execPath) {
  mkdirSync(BENCH_FOLDER, { recursive: true });
  const version = (await run(node, ['--version'])).stdout.trim();
  const path = join(BENCH_FOLDER, `services-${sizeMib}mib-${version}-${hashOfSources()}.heapsnapshot`);
  if (!isAsAsked(path, sizeMib)) {
    const partial = `${path}.${process.pid}`;
    const customers = Math.max(1, Math.round((sizeMib - EMPTY_MIB) * CUSTOMERS_PER_MIB));
    const heapLimit = `--max-old-space-size=${Math.ceil(1024 + 2 * sizeMib)}`;
    try {
      await run(node, [heapLimit, PROGRAM, String(customers), partial]);
      renameSync(partial, path);
    } finally {
      rmSync(partial, { force: true });
    }
  }
  if (!isAsAsked(path, sizeMib)) {
    throw new Error(
      `The generated snapshot has the wrong size: ${sizeOf(path) / MIB} MiB, not ${sizeMib}. Adjust CUSTOMERS_PER_MIB.`,
    );
  }
  return { path, sizeMib: sizeOf(path) / MIB };
}

/** Writing a snapshot takes about 6 times its file in memory, and so do the slowest of its readers. */
export function fitsInMemory(sizeMib) {
  return 6 * sizeMib * MIB < freemem();
}

function isAsAsked(path, sizeMib) {
  return Math.abs(sizeOf(path) / MIB / sizeMib - 1) <= TOLERANCE;
}

function sizeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** A changed generator makes other files. */
function hashOfSources() {
  const hash = createHash('sha256');
  for (const file of SOURCES) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 8);
}
