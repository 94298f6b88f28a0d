import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

const SECONDS = '8';
const env = { FIXTURE_SECONDS: '60' };

async function checkJson(...args: string[]) {
  const ended = await memxCommand(['check', ...args, '--json'], { env });
  return { ...ended, document: JSON.parse(ended.stdout) };
}

const isInProgram = ({ filename }: { filename?: string }) => filename?.endsWith('calls-small-functions.cjs');

describe('memx check on a program that leaks', { timeout: 60_000 }, () => {
  it('names the type, the function and its line, and exits with 1', async () => {
    const { exitCode, document, stderr } = await checkJson('leaky-registry.cjs', '-d', SECONDS);
    expect(document).toMatchObject({
      schema: 'memx.check/1',
      outcome: 'leak',
      node: process.version,
      program: { exitCode: null, signal: 'SIGTERM', stoppedByMemx: true },
      error: null,
    });
    const [suspect] = document.suspects;
    expect(suspect).toMatchObject({ type: 'Order' });
    expect(suspect.path.join(' › ')).toMatch(/variable registry in .*leaky-registry\.cjs: Array/);
    expect(['high', 'medium']).toContain(suspect.confidence);
    expect(suspect.sites).toContainEqual(
      expect.objectContaining({
        functionName: 'placeOrder',
        line: 10,
        origin: 'own',
        package: null,
        filename: expect.stringMatching(/leaky-registry\.cjs$/),
      }),
    );
    expect(suspect.growthInstancesPerSecond).toBeGreaterThan(100);
    expect(suspect.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
  });

  it('names the line also in a long watch, in which V8 goes on inlining', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'memx-check-')), 'evidence.json');
    await memxCommand(['check', 'calls-small-functions.cjs', '-d', '2m', '--evidence', file], {
      env: { FIXTURE_SECONDS: '9' },
    });
    const [main] = JSON.parse(readFileSync(file, 'utf8')).threads;
    const own = main.sites.map((site: { allocator: object }) => site.allocator).filter(isInProgram);
    expect(own[0]).toMatchObject({ functionName: 'tag', line: 6 });
  });

  it('watches a program that never leaves its synchronous code', async () => {
    const { exitCode, document } = await checkJson('busy-loop.cjs', '-d', SECONDS);
    expect(document.suspects[0]?.sites[0]).toMatchObject({ functionName: 'keepRecord' });
    expect(exitCode).toBe(1);
  });

  it('names the functions by their start, and loads the files as they are, with --no-lines', async () => {
    const { document } = await checkJson('leaky-registry.cjs', '-d', SECONDS, '--no-lines');
    expect(document.precision).toBe('function');
    expect(document.suspects[0]?.sites).toContainEqual(
      expect.objectContaining({ functionName: 'placeOrder', line: 9 }),
    );
  });

  it('finds it in a worker that never comes back to its event loop', async () => {
    const { exitCode, document } = await checkJson('blocked-worker.cjs', '-d', '12');
    // From Node 22 on V8 takes a snapshot in a turn of the event loop only.
    expect(document.suspects[0]?.type).toMatch(/^(Ticket|\(types not counted\))$/);
    expect(document.suspects[0].thread).toBeGreaterThan(0);
    expect(document.suspects[0]?.sites).toContainEqual(expect.objectContaining({ line: 20 }));
    expect(document.notes.filter((note: string) => /worker/i.test(note))).toEqual([]); // none of memx's own is missed
    expect(exitCode).toBe(1);
  });

  it("finds it in a worker's heap, and says in which", async () => {
    const { exitCode, document } = await checkJson('leaky-worker.cjs', '-d', '12');
    expect(document.suspects[0]).toMatchObject({ type: 'Job' });
    expect(document.suspects[0].thread).toBeGreaterThan(0); // memx's own threads take numbers, too
    expect(document.suspects[0]?.sites).toContainEqual(
      expect.objectContaining({ line: 26, filename: expect.stringMatching(/leaky-worker\.cjs$/) }),
    );
    expect(exitCode).toBe(1);
  });

  it('tells a queue that lags behind from what is kept for ever', async () => {
    const { exitCode, stdout } = await memxCommand(['check', 'falls-behind.cjs', '-d', '12'], { env });
    expect(stdout).toMatch(/^This program falls behind its work\./);
    expect(stdout).toMatch(/variable queue in .*falls-behind\.cjs: Array/);
    expect(stdout).toMatch(/falls-behind\.cjs:12 /);
    expect(stdout).not.toMatch(/│ high/); // its types are no surer than it is
    expect(exitCode).toBe(1);
  });

  it('prints a table for people, within 80 columns', async () => {
    const { stdout } = await memxCommand(['check', 'leaky-registry.cjs', '-d', SECONDS], { env });
    expect(stdout).toMatch(/│ Type +│ Growth +│ Confidence │/);
    expect(stdout).toMatch(/│ Order .*│ (high|medium) +│/);
    expect(stdout).toMatch(/leaky-registry\.cjs:10 {2}placeOrder {2}\(your code\)/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('keeps the exit code below the threshold that was asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'memx-check-'));
    const output = join(folder, 'result.json');
    const evidence = join(folder, 'evidence.json');
    const { exitCode, stdout } = await memxCommand(
      ['check', 'steady-window.mjs', '-d', SECONDS, '--json', '-o', output, '--evidence', evidence],
      { env },
    );
    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({ outcome: 'clean', suspects: [] });
    expect(JSON.parse(readFileSync(evidence, 'utf8'))).toMatchObject({ schema: 'memx.evidence/1' });
    if (process.platform !== 'win32') expect(statSync(output).mode & 0o777).toBe(0o600);
    expect(stdout).toBe('');
    expect(exitCode).toBe(0);
  });

  it('lets a program end by itself, when its work is done', async () => {
    const { exitCode, document } = await memxCommand(['check', 'steady-window.mjs', '-d', '50', '--json'], {
      env: { FIXTURE_SECONDS: '3' },
    }).then((ended) => ({ ...ended, document: JSON.parse(ended.stdout) }));
    expect(document.program).toEqual({ exitCode: 0, signal: null, stoppedByMemx: false });
    expect(exitCode).toBe(3); // undecided, because it ended early
  });

  it('keeps what was seen of a program that is killed', async () => {
    const { document, exitCode } = await memxCommand(['check', 'leaky-registry.cjs', '-d', '60', '--json'], {
      env: { FIXTURE_SECONDS: '60', FIXTURE_KILLS_ITSELF_AFTER_MS: '4000' },
    }).then((ended) => ({ ...ended, document: JSON.parse(ended.stdout) }));
    expect(document.program).toEqual({ exitCode: null, signal: 'SIGKILL', stoppedByMemx: false });
    expect(document.rounds).toBeGreaterThan(0);
    expect(document.heap).not.toBeNull();
    expect(exitCode).toBe(3); // undecided, because it ended early
  });

  it('judges what it has when it is interrupted', async () => {
    const { stdout, exitCode } = await memxCommand(['check', 'ends-early.cjs', '--json', '--', 'ready'], {
      onOutput: (output, child) => {
        if (output === 'ready\n') child.kill('SIGINT');
      },
    });
    expect(JSON.parse(stdout.replace('ready\n', '')).program.signal).toBe('SIGINT');
    expect(exitCode).toBe(3);
  });
});

describe('memx check on a program that ends before it can be judged', () => {
  it.each([
    ['exit', { exitCode: 3, signal: null }],
    ['throw', { exitCode: 1, signal: null }],
    ['signal', { exitCode: null, signal: 'SIGINT' }],
    ['code', { exitCode: 5, signal: null }],
    ['nothing', { exitCode: 0, signal: null }],
  ])('says that it could not measure (%s), and exits with 3', async (how, program) => {
    const { stdout, stderr, exitCode } = await memxCommand(['check', 'ends-early.cjs', '--json', '--', how]);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'undecided',
      program: { ...program, stoppedByMemx: false },
      error: { code: 'ERR_MEMX_PROGRAM', message: expect.stringMatching(/before it could be measured/) },
    });
    expect(stderr).not.toMatch(/debugger/);
    expect(exitCode).toBe(3);
  });

  it("keeps the program's own error message", async () => {
    const { stderr } = await memxCommand(['check', 'ends-early.cjs', '--', 'throw']);
    expect(stderr).toMatch(/Error: the program failed/);
  });

  it('says so when there is no such program', async () => {
    const { stdout, stderr, exitCode } = await memxCommand(['check', 'nowhere.js', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'undecided', error: { code: 'ERR_MEMX_PROGRAM' } });
    expect(stderr).toMatch(/no such program: 'nowhere\.js'/);
    expect(exitCode).toBe(3);
  });
});

describe('the checked program', () => {
  it('sees its own arguments, input and options, and nothing of memx; nor do its children', async () => {
    const { stdout } = await memxCommand(['check', 'tells-what-it-sees.cjs', '--', 'one', '--two'], {
      input: 'typed',
    });
    const [line] = stdout.split('\n');
    expect(JSON.parse(line ?? '')).toEqual({
      argv: ['one', '--two'],
      main: true,
      execArgv: [],
      agent: [],
      input: 'typed',
      child: { execArgv: [], agent: [] },
    });
  });

  it('can print 100 MB, and the result comes after them', async () => {
    const { stdoutBytes } = await memxCommand(['check', 'prints-100-mb.cjs']);
    expect(stdoutBytes).toBeGreaterThan(100_000_000);
    expect(stdoutBytes).toBeLessThan(100_002_000);
  });
});

describe('memx check used wrongly', () => {
  it.each([
    [['check'], /missing required argument 'script'/],
    [['check', 'ends-early.cjs', '--duraton', '3'], /unknown option '--duraton'/],
    [['check', 'ends-early.cjs', '-d', 'soon'], /Give seconds \(10\)/],
    [['check', 'ends-early.cjs', '-d', '0.1'], /at least half a second/],
    [['check', 'ends-early.cjs', '--fail-on', 'sometimes'], /low, medium, high/],
    [['check', 'ends-early.cjs', '-o', 'no/such/folder/x.json'], /Make the folder/],
    [['chekc'], /unknown command 'chekc'/],
  ])('%j says what was wrong and exits with 2', async (args, message) => {
    const { stderr, stdout, exitCode } = await memxCommand(args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  it('has help and a version', async () => {
    expect((await memxCommand(['check', '--help'])).stdout).toMatch(/Exit codes:/);
    expect((await memxCommand(['--help'])).exitCode).toBe(0);
    const version = await memxCommand(['version']);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await memxCommand(['--version'])).stdout).toBe(version.stdout);
  });
});
