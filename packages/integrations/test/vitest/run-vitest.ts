import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** Runs the tests of a project in a Vitest of its own. */
export async function runVitest(root: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { VITEST: _, ...own } = process.env;
  const child = spawn(process.execPath, [vitest, 'run', '--root', root, ...args], {
    env: { ...own, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { stdout, stderr, exitCode: exitCode as number | null };
}
