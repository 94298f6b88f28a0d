import { describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

const env = { FIXTURE_SECONDS: '120' };

async function checkUntilSure(...args: string[]) {
  const ended = await memxCommand(['check', ...args, '--until-sure', '--json'], { env });
  return { ...ended, document: JSON.parse(ended.stdout) };
}

describe('memx check --until-sure', { timeout: 150_000 }, () => {
  it('ends a program whose leak is beyond doubt, and tells the same of it as at the end of the time', async () => {
    const { document, exitCode } = await checkUntilSure('leaky-registry.cjs', '-d', '2m');
    expect(document).toMatchObject({
      outcome: 'leak',
      program: { exitCode: null, signal: 'SIGTERM', stoppedByMemx: true },
      suspects: [{ type: 'Order', confidence: 'high' }],
      error: null,
    });
    expect(document.suspects[0].path.join(' › ')).toMatch(
      /variable registry in .*leaky-registry\.cjs: Array/,
    );
    expect(document.sureAtMs).toBeCloseTo(document.durationMs, -3);
    expect(document.sureAtMs).toBeGreaterThanOrEqual(document.detectedAtMs * 1.2);
    expect(document.durationMs).toBeLessThan(100_000);
    expect(exitCode).toBe(1);
  });

  it('does not count requests as failed that come while the program ends', async () => {
    const { document } = await checkUntilSure('keeps-bodies-server.mjs', '-d', '90', '--load', '/keep');
    expect(document).toMatchObject({ outcome: 'leak', work: { failed: 0 } });
    expect(document.suspects[0]).toMatchObject({ memory: 'external', confidence: 'high' });
    expect(document.suspects[0].growthBytesPerRequest).toBeGreaterThan(50_000);
    expect(document.durationMs).toBeLessThan(80_000);
  });

  it('gives a program that is well all of its time', async () => {
    const { document, exitCode } = await checkUntilSure('steady-window.mjs', '-d', '8');
    expect(document).toMatchObject({ outcome: 'clean', sureAtMs: null });
    expect(document.durationMs).toBeGreaterThan(7_000);
    expect(exitCode).toBe(0);
  });
});
