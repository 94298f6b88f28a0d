import { describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

async function checkShop(loads: readonly string[], env: Record<string, string> = {}) {
  const args = [
    'check',
    'shop-server.mjs',
    '-d',
    '10',
    '--json',
    ...loads.flatMap((load) => ['--load', load]),
  ];
  const ended = await memxCommand(args, { env });
  return { ...ended, document: JSON.parse(ended.stdout) };
}

/** 97 numbers in an array in a Visit; V8 may give either some room to grow. */
const LEAST_VISIT_BYTES = 97 * 8 * 0.7;
const MOST_VISIT_BYTES = (97 * 8 + 300) * 1.4;

describe('memx check --load on an Express server', { timeout: 120_000 }, () => {
  it('finds the leak of a route, with its growth per request', async () => {
    const { document, exitCode } = await checkShop(['/leaky'], { FIXTURE_LISTENS_AFTER_MS: '700' });
    expect(document).toMatchObject({ outcome: 'leak', work: { unit: 'request', failed: 0 }, error: null });
    expect(document.work.done).toBeGreaterThan(200);
    expect(document.work.done).toBeLessThanOrEqual(2000);
    const [suspect] = document.suspects;
    expect(suspect.type).toBe('Visit');
    expect(suspect.sites[0]).toMatchObject({ line: 7, functionName: 'Visit' });
    expect(suspect.growthBytesPerRequest).toBeGreaterThan(LEAST_VISIT_BYTES);
    expect(suspect.growthBytesPerRequest).toBeLessThan(MOST_VISIT_BYTES);
    expect(exitCode).toBe(1);
  });

  it('accuses nobody of a route that keeps nothing', async () => {
    const { document, exitCode } = await checkShop(['-c 5 -R 300 /steady']);
    expect(document.outcome).not.toBe('leak');
    expect(document.work.done).toBeGreaterThan(200);
    expect(exitCode).toBe(0);
  });

  it('sends several loads, with method, headers and body', async () => {
    const order = `-R 150 -H "content-type: application/json" -H x-shop=7 -b '{"sku":"a b"}' /orders`;
    const { document, stderr } = await checkShop([order, '-R 20 /nowhere']);
    expect(stderr).not.toMatch(/Warning/); // Node takes many listeners of one signal for a leak
    expect(document.outcome).toBe('leak');
    expect(document.work.failed).toBeGreaterThan(20);
    expect(document.work.failed).toBeLessThan(document.work.done / 2);
    expect(document.notes.join()).toMatch(/requests failed \(most of them: 404 Not Found\)/);
  });

  it('could not measure where every request failed', async () => {
    const { document, exitCode, stderr } = await checkShop(['/nowhere']);
    expect(document.error.message).toMatch(
      /^All \d+ requests failed \(404 Not Found\)\. Give --load a route/,
    );
    expect(stderr).toMatch(/All \d+ requests failed/);
    expect(exitCode).toBe(3);
  });

  it.skipIf(process.platform === 'win32')(
    'runs a command, again and again, and counts what the server answers',
    async () => {
      const command = `node -e "(async()=>{for(let i=0;i<150;i++)await (await fetch(process.env.MEMX_URL+'/leaky')).text()})()"`;
      const { document } = await checkShop([command]);
      expect(document.work.done).toBeGreaterThan(150);
      expect(document.outcome).toBe('leak');
    },
  );

  it('says how the command failed', async () => {
    const { document, exitCode } = await checkShop(['exit 7']);
    expect(document.error.message).toMatch(
      /answered no request.*The load command ended with exit code 7: exit 7\./,
    );
    expect(exitCode).toBe(3);
  });
});

describe('memx check --load used on other programs', () => {
  it('could not measure a program that ends before it listens', async () => {
    const { stdout, exitCode } = await memxCommand([
      'check',
      'ends-early.cjs',
      '--json',
      '--load',
      '/',
      '--',
      'code',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      program: { exitCode: 5 },
      error: { code: 'ERR_MEMX_PROGRAM' },
    });
    expect(exitCode).toBe(3);
  });

  it('says what is wrong with a load, and exits with 2', async () => {
    const { stderr, exitCode } = await memxCommand(['check', 'ends-early.cjs', '--load', '-c many /']);
    expect(stderr).toMatch(/Give -c a whole number/);
    expect(exitCode).toBe(2);
  });
});
