import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AllocationProfile, decodeProfile, onlyMemory, rankFunctions, totalOf } from '@memx/advanced';
import { describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

const folder = mkdtempSync(join(tmpdir(), 'memx-profile-'));
const TRUE_BYTES = 2_503 * (997 * 8 + 16);

const profileOf = async (args: readonly string[]) => {
  const ended = await memxCommand(['profile', '--json', ...args]);
  return { ...ended, profile: await decodeProfile(Buffer.from(ended.stdout)) };
};

const functionOf = (profile: AllocationProfile, name: string) =>
  rankFunctions(profile).find(({ frame }) => frame.functionName === name);

const onlyFunctions = (profile: AllocationProfile, name: RegExp) => ({
  ...profile,
  stacks: profile.stacks.filter(({ frames }) =>
    frames.some((index) => name.test(profile.frames[index]?.functionName ?? '')),
  ),
});

/** Five standard deviations: 1 run in a million is further off. */
function expectNear(
  found: { sizeBytes: number; standardErrorBytes: number | null } | undefined,
  bytes: number,
) {
  expect(found?.standardErrorBytes).toBeGreaterThan(0);
  expect(Math.abs((found?.sizeBytes ?? 0) - bytes)).toBeLessThan(5 * (found?.standardErrorBytes ?? 0));
}

describe('memx profile', () => {
  it.each([
    ['nothing', 0],
    ['exit', 3],
    ['throw', 1],
  ])(
    'names the function, its place and its bytes after %s, and passes the exit code on',
    async (how, code) => {
      const { exitCode, profile } = await profileOf(['--exact', 'keeps-and-ends.cjs', '--', how]);
      expect(exitCode).toBe(code);
      const top = functionOf(profile, 'keepInMain');
      expect(top?.frame).toMatchObject({ line: 6, column: 20, origin: 'own' });
      expect(top?.frame.filename).toMatch(/keeps-and-ends\.cjs$/);
      expectNear(top, TRUE_BYTES);
      expect(profile).toMatchObject({ measure: 'total', inliningOff: true, node: process.version });
    },
  );

  it.skipIf(process.platform === 'win32')('ends by the signal that ended the program', async () => {
    const { signal, profile } = await profileOf(['--exact', '--live', 'keeps-and-ends.cjs', '--', 'signal']);
    expect(signal).toBe('SIGTERM');
    expectNear(functionOf(profile, 'keepInMain'), TRUE_BYTES);
  });

  it.skipIf(process.platform === 'win32').each([
    ['loop', 'SIGTERM'],
    ['idle', 'SIGINT'],
  ] as const)('leaves a profile of a program that is killed: %s, %s', async (how, signal) => {
    const file = join(folder, `${signal}.json`);
    const ended = await memxCommand(['profile', '--exact', '-o', file, 'keeps-and-ends.cjs', '--', how], {
      onOutput: (output, child) => {
        if (output === 'kept') setTimeout(() => child.kill(signal), 2_500); // a reading comes every second
      },
    });
    expect(ended.signal).toBe(signal);
    expectNear(functionOf(await decodeProfile(readFileSync(file)), 'keepInMain'), TRUE_BYTES);
  });

  it('tells workers apart', async () => {
    const { profile } = await profileOf(['--exact', 'keeps-and-ends.cjs', '--', 'worker']);
    const [main, worker] = profile.threads;
    expect(main?.id).toBe(0);
    expectNear(functionOf(profile, 'keepInWorker'), 2_503 * (499 * 8 + 16));
    expect(totalOf(profile, worker?.id).sizeBytes).toBeLessThan(totalOf(profile, 0).sizeBytes);
  });

  it.each(['out.heapprofile', 'out.pb.gz', 'out.speedscope.json', 'out.collapsed', 'out.json'])(
    'writes %s, for its owner only',
    async (name) => {
      const file = join(folder, name);
      const { stderr } = await memxCommand(['profile', '--exact', '-o', file, 'keeps-and-ends.cjs']);
      expect(stderr).toMatch(
        /^memx {2}Allocated in .* keepInMain {2}\(your code\)\n +keeps-and-ends\.cjs:6:20\n/s,
      );
      expect(statSync(file).mode & 0o077).toBe(0);
      const top = functionOf(await decodeProfile(readFileSync(file)), 'keepInMain');
      expect(top?.frame.line).toBe(6);
      expect(top?.sizeBytes).toBeGreaterThan(0.7 * TRUE_BYTES);
    },
  );

  it.each([[[]], [['--lines']]])(
    'names the line that keeps Buffers, by itself and after a signal, with %j',
    async (flags) => {
      const file = join(folder, `buffers${flags.length}.json`);
      await memxCommand(['profile', '--live', ...flags, '-o', file, 'leaks-buffers.cjs', '--', 'loop'], {
        onOutput: (output, child) => {
          if (output === 'kept') setTimeout(() => child.kill('SIGTERM'), 3_500);
        },
      });
      const ranked = rankFunctions(onlyMemory(await decodeProfile(readFileSync(file)), 'external'));
      expect(ranked[0]).toMatchObject({
        memory: 'external',
        frame: { functionName: 'keepBuffers', line: 6 },
        builtins: ['Buffer.alloc'],
      });
      expectNear(ranked[0], 503 * 99_991);
    },
  );

  it('tells the Buffers of a worker apart, and leaves them out with --no-external', async () => {
    const { profile, stderr } = await profileOf(['leaks-buffers.cjs', '--', 'worker']);
    const external = onlyMemory(profile, 'external');
    for (const { id } of profile.threads)
      expectNear(totalOf(onlyFunctions(external, /keepBuffers|dropBuffers/), id), 2 * 503 * 99_991);
    expect(profile.threads).toHaveLength(2);
    expect(stderr).toMatch(/Outside of V8's heap.*leaks-buffers\.cjs:6:/s);
    const without = await profileOf(['--no-external', 'leaks-buffers.cjs']);
    expect(onlyMemory(without.profile, 'external').stacks).toEqual([]);
    expect(without.profile.externalIntervalBytes).toBeNull();
  });

  it('leaves the program as it is: its arguments, input, environment and children', async () => {
    const { stdout } = await memxCommand(['profile', 'tells-what-it-sees.cjs', '--', '--port', '1'], {
      input: 'typed',
    });
    expect(JSON.parse(stdout)).toEqual({
      argv: ['--port', '1'],
      main: true,
      execArgv: [],
      agent: [],
      input: 'typed',
      child: { execArgv: [], agent: [] },
    });
  });

  it.each([[], ['--lines']])('leaves workers as they are, however they are started %j', async (...args) => {
    const { stdout } = await memxCommand(['profile', ...args, 'starts-workers.mjs']);
    const asTold = { isWorker: true, isKind: true };
    expect(JSON.parse(stdout)).toEqual({
      name: 'Worker',
      isOne: true,
      plain: { execArgv: [], env: [], ...asTold },
      ofItsOwn: { execArgv: ['--no-warnings'], env: ['A'], ...asTold },
      subclass: { execArgv: [], env: [], ...asTold },
      refusals: ['ERR_INVALID_ARG_TYPE', null, 'ERR_INVALID_ARG_TYPE'],
    });
  });

  it.each([
    [['--live', '--total'], /cannot be used with/],
    [['-o', 'a.svg'], /\.heapprofile, \.pb\.gz/],
    [['--top', '0'], /whole number/],
    [['--sampling-interval', 'all'], /64k/],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stderr } = await memxCommand(['profile', ...args, 'ends-early.cjs']);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});
