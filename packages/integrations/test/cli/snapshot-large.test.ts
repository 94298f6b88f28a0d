import { createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';
import { startMemx } from './start-memx.js';
import { writeLargeHeap } from './write-large-heap.js';

const MIB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'memx-large-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [small, large] = [join(folder, 'small.heapsnapshot'), join(folder, 'large.heapsnapshot')];
writeLargeHeap(small, 101);
writeLargeHeap(large, 800_011);

function makeFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

describe('memx snapshot of a large heap', { timeout: 120_000 }, () => {
  it('redact needs at most 64 MiB more than for one of a few kilobytes', async () => {
    const peakOf = async (file: string) => {
      const output = join(makeFolder(`of ${statSync(file).size}`), 'redacted.heapsnapshot');
      const { exitCode, stderr } = await memxCommand(['snapshot', 'redact', file, '-o', output], {
        execArgv: ['--require', './tells-its-peak.cjs'],
      });
      expect(exitCode).toBe(0);
      expect(statSync(output).size).toBeGreaterThan(statSync(file).size / 2);
      return Number(/^peak (\d+)$/m.exec(stderr)?.[1]);
    };
    expect(statSync(large).size).toBeGreaterThan(64 * MIB);
    const [base, peak] = [await peakOf(small), await peakOf(large)];
    expect(base).toBeGreaterThan(10 * MIB);
    expect(peak - base).toBeLessThan(64 * MIB);
  });

  it.skipIf(process.platform === 'win32')(
    'is cancelled by Ctrl-C while it is analysed: no answer, no file, and 130 to a shell',
    async () => {
      const temporary = makeFolder('temporary');
      const command = startMemx(['snapshot', 'summary', '-'], { TMPDIR: temporary });
      // All but the last bytes are read by then, and what the text says is kept; dominators and paths are still to be found.
      createReadStream(large)
        .pipe(command.stdin)
        .once('finish', () => command.interrupt());
      expect(await command.ended).toEqual({ status: 130, stdout: '', stderr: '' });
      expect(readdirSync(temporary)).toEqual([]);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'is cancelled by Ctrl-C while a copy is written, and leaves none',
    async () => {
      const target = makeFolder('interrupted');
      const command = startMemx(['snapshot', 'redact', large, '-o', join(target, 'copy.heapsnapshot')]);
      // Once: a second Ctrl-C ends it where it stands, as with any program.
      const watching = setInterval(() => {
        if (readdirSync(target).length === 0) return;
        clearInterval(watching);
        command.interrupt();
      }, 5);
      const ended = await command.ended;
      clearInterval(watching);
      expect(ended).toEqual({ status: 130, stdout: '', stderr: '' });
      expect(readdirSync(target)).toEqual([]);
    },
  );
});
