import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const memxBin = fileURLToPath(new URL('bin/memx.mjs', import.meta.resolve('memx/package.json')));

/**
 * Runs `memx check` on an installed case, as a user would.
 *
 * @param {import('./read-cases.mjs').LabelledCase} labelled
 * @param {{ folder: string, seconds: number, node: string }} where
 * @returns {Promise<{ exitCode: number | null, document: object | null, evidence: string | null, output: string }>} `evidence`: what
 *   the verdict was made of, as JSON
 */
export async function checkCase({ script }, { folder, seconds, node }) {
  const temporary = mkdtempSync(join(tmpdir(), 'memx-check-'));
  const [result, evidence] = ['memx-check.json', 'evidence.json'].map((name) => join(temporary, name));
  const options = ['-d', `${seconds}`, '--json', '-o', result, '--evidence', evidence];
  const child = spawn(node, [memxBin, 'check', script, ...options], {
    cwd: folder,
    env: { ...process.env, MEMX_CASE_SECONDS: `${seconds}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  const texts = [result, evidence].map(readText);
  rmSync(temporary, { recursive: true, force: true });
  return { exitCode, document: texts[0] && JSON.parse(texts[0]), evidence: texts[1], output };
}

/** Null where there is none. */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
