import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findNode, NODE_VERSIONS } from '@memx/toolchain/find-node';
import { buildHeaps } from './built-heaps.mjs';
import { BENCH_FOLDER } from './generate-snapshot.mjs';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('../../programs/snapshot-golden.mjs', import.meta.url));
/** Pieces of real snapshots, one of each Node. */
const SEEDS = new URL('../../seeds/', import.meta.url);
const KINDS = ['services', 'weakness', 'contexts', 'code', 'values', 'internals'];

/** The heaps that are the same everywhere. @returns {[name: string, text: string][]} */
export function fixedHeaps() {
  const seeds = readdirSync(SEEDS).sort();
  return [
    ...buildHeaps(),
    ...seeds.map((name) => [`piece: ${name}`, readFileSync(new URL(name, SEEDS), 'latin1')]),
  ];
}

/**
 * Heaps that between them have all that heaps have: made-up ones, and small real programs on each Node.
 *
 * @returns {AsyncGenerator<{ name: string, file: string, isFixed: boolean }>} each file is good until the next one is asked for
 */
export async function* goldenHeaps() {
  mkdirSync(BENCH_FOLDER, { recursive: true });
  const file = join(BENCH_FOLDER, `golden-${process.pid}.heapsnapshot`);
  for (const [name, text] of fixedHeaps()) {
    writeFileSync(file, text);
    yield { name, file, isFixed: true };
  }
  for (const major of Object.keys(NODE_VERSIONS)) {
    const node = findNode(major);
    if (!node) continue; // said on stderr
    for (const kind of KINDS) {
      await run(node.path, [PROGRAM, kind, file]);
      yield { name: `${kind} (Node ${node.version})`, file, isFixed: false };
    }
  }
}
