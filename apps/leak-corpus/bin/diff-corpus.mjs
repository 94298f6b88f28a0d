#!/usr/bin/env node
/** Whether `memx diff` on three snapshots of a leaking program names the type that grows, and a way to its holder. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { installCase } from '../src/install-case.mjs';
import { readCases } from '../src/read-cases.mjs';

const run = promisify(execFile);
const AGENT = fileURLToPath(new URL('../src/peers/snapshot-agent.cjs', import.meta.url));
const MEMX = join(dirname(createRequire(import.meta.url).resolve('memx/package.json')), 'bin', 'memx.mjs');

/** What the way must end at, and what must be among the types that grew there. */
const EXPECTED = new Map([
  ['debug-4.1.1', { holder: '.instances: Array', type: '(closure) debug' }],
  ['express-session-memorystore', { holder: '.sessions: Object', type: '(string)' }],
  ['xstate-4.7.3-registry', { holder: 'xstate/lib/registry.js: Map', type: 'Interpreter' }],
  ['opossum-4.1.0-intervals', { holder: 'TimersList', type: 'Timeout' }],
  ['lokijs-changes-api', { holder: '.changes: Array', type: 'Object' }],
  ['prom-client-label-cardinality', { holder: '.hashMap: Object', type: 'Object' }],
  ['mongoose-connections', { holder: '.connections: Array', type: 'NativeConnection' }],
]);

const command = new Command('diff-corpus')
  .argument('<folder>', 'the labelled programs')
  .option('--seconds <n>', 'how long each program runs', Number, 20)
  .parse();
const [folder] = command.args;
if (!existsSync(folder)) {
  console.log(`Skipped: there is no ${folder}.`);
  process.exit(0);
}
for (const labelled of readCases(folder).filter(({ name }) => EXPECTED.has(name))) await diffCase(labelled);

async function diffCase(labelled) {
  const home = await installCase(labelled);
  const output = mkdtempSync(join(tmpdir(), 'memx-diff-corpus-'));
  try {
    const { seconds } = command.opts();
    const env = { ...process.env, MEMX_PEER_OUTPUT: output, MEMX_CASE_SECONDS: String(seconds) };
    await run(process.execPath, ['--require', AGENT, labelled.script], { cwd: home, env });
    const files = [1, 2, 3].map((number) => join(output, `s${number}.heapsnapshot`));
    if (!files.every((file) => existsSync(file))) {
      console.log(
        `NOT RUN  ${labelled.name}\n  the machine was too busy for three snapshots: give more --seconds`,
      );
      process.exitCode = 1;
      return;
    }
    const { stdout } = await run(process.execPath, [MEMX, 'diff', ...files, '--json'], {
      maxBuffer: 1 << 28,
    });
    judge(labelled.name, JSON.parse(stdout).paths);
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

function judge(name, paths) {
  const { holder, type } = EXPECTED.get(name);
  const rank = paths.findIndex(
    ({ path, types }) =>
      path.slice(-3).some((step) => step.includes(holder)) && types.some((row) => row.type === type),
  );
  const first = paths[rank] ?? paths[0];
  console.log(
    `${rank < 0 ? 'MISSED' : `path ${rank + 1} of ${paths.length}`}  ${name}\n  ${first?.counts.join(' → ') ?? ''} ${first?.type ?? ''}, +${first?.grownBytes ?? 0} bytes: ${first?.path.slice(-3).join(' › ') ?? 'no path'}`,
  );
  if (rank < 0) process.exitCode = 1;
}
