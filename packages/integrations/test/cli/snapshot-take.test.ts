import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readHistogramFile } from '@memx/advanced';
import { afterEach, describe, expect, it } from 'vitest';
import { readListeningPorts } from '../../src/cli/remote/listening-ports.js';
import { memxCommand } from './memx-command.js';

const folder = mkdtempSync(join(tmpdir(), 'memx-take-command-'));
const PROGRAM = fileURLToPath(new URL('./fixtures/holds-orders.cjs', import.meta.url));
const running: ChildProcess[] = [];
/** Only root may, and not in every container. */
const canMount = (() => {
  if (process.platform !== 'linux') return false;
  const disk = mkdtempSync(join(tmpdir(), 'memx-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
  if (status === 0) execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
  return status === 0;
})();

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** `--inspect-port=0`: any free port, so that tests beside this one do not meet. */
async function startProgram(options: readonly string[] = ['--inspect-port=0']) {
  const child = spawn(process.execPath, [...options, PROGRAM], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await once(child.stdout, 'data');
  const pid = child.pid as number;
  const endAndHear = async () => {
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
    return output;
  };
  return { child, pid, endAndHear };
}

const take = (pid: number, ...args: readonly string[]) =>
  memxCommand(['snapshot', 'take', '--pid', String(pid), ...args]);
const ordersIn = async (file: string) =>
  (await readHistogramFile(file)).types.find(({ name }) => name === 'Order')?.count;

describe.skipIf(process.platform === 'win32')('memx snapshot take --pid', () => {
  it('writes the heap of a running process, which goes on, with its inspector closed again', async () => {
    const { pid, endAndHear } = await startProgram();
    const output = join(folder, 'orders.heapsnapshot');
    const { exitCode, stdout, stderr } = await take(pid, '-o', output, '--json');
    expect(stderr).toContain('the process stood still');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'memx.snapshot-taken/1', pid, output });
    expect(await ordersIn(output)).toBe(10_007);
    expect(statSync(output).mode & 0o777).toBe(0o600);
    await expect.poll(() => readListeningPorts(pid) ?? []).toEqual([]);
    expect(await endAndHear()).toContain('still holds 10007');
  });

  it('leaves an inspector open that was open before', async () => {
    const { pid } = await startProgram(['--inspect=127.0.0.1:0']);
    const before = readListeningPorts(pid);
    const { exitCode } = await take(pid, '-o', join(folder, 'open.heapsnapshot'));
    expect(exitCode).toBe(0);
    expect(readListeningPorts(pid)).toEqual(before);
  });

  it('says the price with --dry-run, and writes nothing', async () => {
    const { pid } = await startProgram();
    const { exitCode, stdout } = await take(
      pid,
      '--dry-run',
      '--json',
      '-o',
      join(folder, 'dry.heapsnapshot'),
    );
    expect(exitCode).toBe(0);
    const price = JSON.parse(stdout);
    expect(price.schema).toBe('memx.snapshot-price/1');
    for (const figure of ['pauseMs', 'peakExtraBytes', 'fileBytes', 'heapUsedBytes']) {
      expect(price[figure], figure).toBeGreaterThan(0);
    }
    expect(existsSync(join(folder, 'dry.heapsnapshot'))).toBe(false);
  });

  it('ends with 3 and leaves nothing when the process ends midway', async () => {
    const { pid, child } = await startProgram();
    const output = join(folder, 'midway.heapsnapshot');
    const { exitCode, stderr } = await memxCommand(
      ['snapshot', 'take', '--pid', String(pid), '-o', output],
      { onOutput: () => child.kill('SIGKILL') }, // with the price, before V8 starts
    );
    expect(exitCode).toBe(3);
    expect(stderr).toContain('ERR_MEMX_PROGRAM');
    expect(readdirSync(folder).filter((name) => name.startsWith('midway'))).toEqual([]);
  });

  it('is ended by Ctrl-C without a file, and the process goes on', async () => {
    const { pid, endAndHear } = await startProgram();
    const output = join(folder, 'interrupted.heapsnapshot');
    const { signal } = await memxCommand(['snapshot', 'take', '--pid', String(pid), '-o', output], {
      onOutput: (_, command) => command.kill('SIGINT'),
    });
    expect(signal).toBe('SIGINT');
    expect(readdirSync(folder).filter((name) => name.startsWith('interrupted'))).toEqual([]);
    expect(await endAndHear()).toContain('still holds 10007');
  });

  it.skipIf(process.platform !== 'linux')('leaves a process alone that is no Node', async () => {
    const child = spawn('sleep', ['60']);
    running.push(child);
    const { exitCode, stderr } = await take(child.pid as number);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('no Node, but sleep');
    expect(child.exitCode ?? child.signalCode).toBe(null);
  });

  it('says that a port is taken when the inspector cannot open, and the process goes on', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { pid, endAndHear } = await startProgram([`--inspect-port=${port}`]);
    const { exitCode, stderr } = await take(pid, '-o', join(folder, 'busy.heapsnapshot'));
    server.close();
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/did not open its inspector: \d+\..*--inspect-port=0/);
    expect(await endAndHear()).toContain('still holds 10007');
  }, 90_000);

  it('ends with 3 for a process that does not exist, and with 2 for a wrong number', async () => {
    expect((await take(2 ** 22 + 1)).exitCode).toBe(3);
    expect((await memxCommand(['snapshot', 'take', '--pid', 'x'])).exitCode).toBe(2);
  });
});

describe('memx snapshot take script', () => {
  const run = (args: readonly string[], options = {}) => memxCommand(['snapshot', 'take', ...args], options);

  it('writes the heap when the program has run for a while, and the program goes on', async () => {
    const output = join(folder, 'after.heapsnapshot.gz');
    const { exitCode, stdout, stderr } = await run(
      ['holds-orders.cjs', '--after', '300ms', '-o', output, '--json'],
      {
        onOutput: (text: string, command: ChildProcess) => {
          if (text.includes('memx.snapshot-taken/1')) command.kill('SIGTERM'); // passed on to the program
        },
      },
    );
    expect(stderr).toContain(`wrote ${output}`);
    expect(stdout).toContain('still holds 10007');
    expect(exitCode).toBe(0);
    expect(existsSync(output)).toBe(true);
  });

  it.each([
    ['nothing', 0],
    ['exit', 3],
    ['throw', 1],
  ])("writes the heap at exit after %s, and ends with the program's own exit code", async (how, code) => {
    const output = join(folder, `exit-${how}.heapsnapshot`);
    const { exitCode } = await run(['keeps-and-ends.cjs', '--at-exit', '-o', output, '--', how]);
    expect(exitCode).toBe(code);
    expect((await readHistogramFile(output)).nodeCount).toBeGreaterThan(10_000);
    if (process.platform !== 'win32') expect(statSync(output).mode & 0o777).toBe(0o600);
  });

  it('packs at exit what the name says, and leaves nothing beside it', async () => {
    const output = join(folder, 'packed-at-exit.heapsnapshot.gz');
    const { exitCode } = await run(['keeps-and-ends.cjs', '--at-exit', '-o', output, '--', 'nothing']);
    expect(exitCode).toBe(0);
    expect(gunzipSync(readFileSync(output)).toString('latin1')).toMatch(/^\{"snapshot":.*\}\s*$/s);
    expect(readdirSync(folder).filter((name) => name.startsWith('packed-at-exit'))).toHaveLength(1);
    if (process.platform !== 'win32') expect(statSync(output).mode & 0o777).toBe(0o600);
  });

  it.skipIf(!canMount)(
    'refuses at exit what the disk has no room for, and leaves it when it is full',
    async () => {
      const disk = mkdtempSync(join(tmpdir(), 'memx-small-disk-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
      try {
        const output = join(disk, 'heap.heapsnapshot');
        const refused = await run(['keeps-and-ends.cjs', '--at-exit', '-o', output, '--', 'exit']);
        expect(refused.stderr).toContain('would not fit on the disk');
        expect(refused.exitCode).toBe(3);
        const full = await run(['holds-orders.cjs', '--after', '100ms', '--force', '-o', output], {
          onOutput: (text: string, command: ChildProcess) => {
            if (text.includes('The disk is full')) command.kill('SIGTERM');
          },
        });
        expect(full.stdout).toContain('still holds 10007');
        expect(readdirSync(disk)).toEqual([]);
      } finally {
        execFileSync('umount', [disk]);
        rmSync(disk, { recursive: true });
      }
    },
  );

  it.skipIf(process.platform === 'win32')('writes the heap whenever a signal comes', async () => {
    const output = join(folder, 'signal.heapsnapshot');
    let isSent = false;
    const { stdout } = await run(['holds-orders.cjs', '--on', 'SIGUSR2', '-o', output], {
      onOutput: (text: string, command: ChildProcess) => {
        if (text.includes('wrote')) command.kill('SIGTERM');
        else if (text.includes('ready') && !isSent) isSent = command.kill('SIGUSR2');
      },
    });
    expect(stdout).toContain('still holds 10007');
    expect(await ordersIn(output)).toBe(10_007);
  });

  it('says that a program ended before its moment', async () => {
    const output = join(folder, 'late.heapsnapshot');
    const { exitCode, stderr } = await run(['ends-early.cjs', '--after', '1h', '-o', output]);
    expect(stderr).toContain('no snapshot was taken');
    expect(exitCode).not.toBe(2);
    expect(existsSync(output)).toBe(false);
  });

  it('ends with 2 unless it is told of what and when, once', async () => {
    for (const args of [
      [],
      ['holds-orders.cjs'],
      ['holds-orders.cjs', '--at-exit', '--after', '1s'],
      ['holds-orders.cjs', '--pid', '1'],
      ['holds-orders.cjs', '--on', 'SIGKILL'],
    ]) {
      expect((await run(args)).exitCode, args.join(' ')).toBe(2);
    }
  });
});
