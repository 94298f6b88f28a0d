import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LeakReport } from '@memx/advanced';
import { expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));
const env = { FIXTURE_SECONDS: '60' };
const SECONDS = '12';

function watchItself(program: string): LeakReport {
  const { stdout } = spawnSync(process.execPath, ['watches-itself.cjs', program, SECONDS], {
    cwd: FIXTURES,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  return JSON.parse(stdout);
}

it('memx check and LeakDetector say the same of a program', { timeout: 120_000 }, async () => {
  const { stdout } = await memxCommand(['check', 'leaky-registry.cjs', '-d', SECONDS, '--json'], { env });
  const [seen, own] = [JSON.parse(stdout) as LeakReport, watchItself('./leaky-registry.cjs')].map(
    ({ outcome, suspects }) => ({
      outcome,
      suspects: suspects.map(({ memory, type, fingerprint, path }) => ({
        memory,
        type,
        fingerprint,
        holder: path?.at(-2),
      })),
    }),
  );
  expect(seen).toMatchObject({ outcome: 'leak', suspects: [{ memory: 'heap', type: 'Order' }] });
  expect(own).toEqual(seen);
});
