import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MEMLAB = '2.0.5';
const SLOPE_BYTES_PER_SECOND = 50_000;
const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * What simpler or other means say of a program: two runs of their own (heapUsed as it is; three snapshots), judged
 * afterwards in child processes.
 *
 * @param {import('../read-cases.mjs').LabelledCase} labelled
 * @param {{ folder: string, seconds: number, node: string, memlab: string | null }} how
 * @returns {Promise<Record<string, { flagged: boolean, names: string[] } | { failed: string }>>} by approach
 */
export async function runPeers({ script }, { folder, seconds, node, memlab }) {
  const temporary = mkdtempSync(join(tmpdir(), 'memx-peers-'));
  const program = async (agent, output) =>
    runProcess(node, ['--require', fileOf(agent), script], {
      cwd: folder,
      timeout: 1000 * seconds + 60_000,
      env: { ...process.env, MEMX_CASE_SECONDS: `${seconds}`, MEMX_PEER_OUTPUT: output },
    });
  try {
    const points = join(temporary, 'points.json');
    await program('heap-used-agent.cjs', points);
    await program('snapshot-agent.cjs', temporary);
    return {
      'slope of heapUsed > 50 KB/s': judgeSlope(points),
      ...(await judgeBy(node, [fileOf('judge-snapshots.mjs'), temporary, `${seconds}`], 'three snapshots')),
      ...(memlab === null
        ? {}
        : await judgeBy(node, ['--expose-gc', fileOf('judge-memlab.cjs'), temporary, memlab], 'memlab')),
    };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @returns {Promise<string | null>} the folder of a memlab, installed once; null when it cannot be had */
export async function installMemlab() {
  const home = join(tmpdir(), `memx-corpus-memlab-${MEMLAB}`);
  if (existsSync(join(home, 'installed'))) return home;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"private":true}\n');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const { exitCode, stderr } = await runProcess('npm', ['install', `memlab@${MEMLAB}`, ...flags], {
    cwd: home,
    shell: process.platform === 'win32',
  });
  if (exitCode !== 0) {
    console.error(`memlab ${MEMLAB} could not be installed, and is left out: ${stderr.slice(-500)}`);
    return null;
  }
  writeFileSync(join(home, 'installed'), '');
  return home;
}

async function judgeBy(node, programArguments, name) {
  const { exitCode, stdout, stderr } = await runProcess(node, programArguments, { timeout: 180_000 });
  if (exitCode !== 0) return { [name]: { failed: stderr.slice(-300) || 'no answer within three minutes' } };
  const flags = JSON.parse(stdout.trim().split('\n').at(-1));
  return Object.fromEntries(
    Object.entries(flags).map(([approach, names]) => [
      approach,
      { flagged: names.length > 0, names: names.slice(0, 5) },
    ]),
  );
}

function judgeSlope(file) {
  if (!existsSync(file)) return { failed: 'the program left no readings' };
  const points = JSON.parse(readFileSync(file, 'utf8'));
  const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [seconds, bytes] = [mean(0), mean(1)];
  const above = points.reduce((sum, point) => sum + (point[0] - seconds) * (point[1] - bytes), 0);
  const below = points.reduce((sum, point) => sum + (point[0] - seconds) ** 2, 0);
  return { flagged: above / below > SLOPE_BYTES_PER_SECOND, names: [] };
}

function runProcess(command, commandArguments, options) {
  const child = spawn(command, commandArguments, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    killSignal: 'SIGKILL',
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (chunk) => (texts[name] = (texts[name] + chunk).slice(-1e6)));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, ...texts }));
  });
}
