import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROBE = fileURLToPath(new URL('memory-probe.cjs', import.meta.url));
/** What a program may take beyond its time before it counts as one that does not end by itself. */
const GRACE_MS = 20_000;

/**
 * @typedef {{ threadId: number, seconds: number, heapUsed: number, external: number, rss: number }} Reading after a full
 *   collection; heapUsed and external are the thread's, rss is the process's
 */

/**
 * Runs a program alone under --expose-gc and reads its memory after forced collections.
 *
 * @param {{ script: string }} labelled
 * @param {{ folder: string, seconds: number, node?: string }} how
 * @returns {Promise<{ exitCode: number | null, operations: number | null, readings: Reading[], output: string }>}
 */
export async function measureProgram({ script }, { folder, seconds, node = process.execPath }) {
  const temporary = mkdtempSync(join(tmpdir(), 'memx-label-'));
  const file = join(temporary, 'readings.jsonl');
  try {
    const { exitCode, output } = await runToEnd(node, ['--expose-gc', '--require', PROBE, script], {
      cwd: folder,
      timeout: seconds * 1000 + GRACE_MS,
      env: {
        ...process.env,
        MEMX_CASE_SECONDS: `${seconds}`,
        MEMX_LABEL_READINGS: file,
        MEMX_LABEL_STARTED_AT: `${Date.now()}`,
      },
    });
    const operations = /\bops=(\d+)/.exec(output)?.[1];
    return {
      exitCode,
      operations: operations === undefined ? null : Number(operations),
      readings: readLines(file),
      output,
    };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function runToEnd(node, programArguments, options) {
  const child = spawn(node, programArguments, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => (output = (output + chunk).slice(-8000)));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}

function readLines(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
