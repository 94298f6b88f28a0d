import {
  priceReading,
  type SnapshotPrice,
  type TakenSnapshot,
  type TakeSnapshotProgress,
  takeSnapshot,
} from '@memx/advanced';
import { formatBytes } from '@memx/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseOutputFile } from '../output-file.js';
import type { ProgressLine } from '../progress-line.js';
import { attach } from '../remote/attach.js';
import { remoteHeapSource } from '../remote/remote-heap-source.js';
import { attempt } from './attempt.js';

interface TakeCommandOptions {
  readonly pid: number;
  readonly output?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function takeCommand(): Command {
  return new Command('take')
    .description('take a heap snapshot of a running process')
    .addOption(new Option('--pid <number>', 'the process').argParser(parsePid).makeOptionMandatory(true))
    .option(
      '-o, --output <file>',
      'where to write; .gz, .br and .zst are packed (default: heap-<pid>-<time>.heapsnapshot)',
      parseOutputFile,
    )
    .option('--dry-run', 'say what it would cost, and take none')
    .option('--force', 'take it even if it is predicted not to fit into memory or on the disk')
    .option(
      '--json',
      'print what was done as JSON (schema memx.snapshot-taken/1, with --dry-run memx.snapshot-price/1)',
    )
    .addHelpText(
      'after',
      `
The process stands still while V8 writes (see --dry-run), and then goes on. Its inspector is opened on 127.0.0.1 for
that time, and closed again; one that was open stays open. Node says so on the process's own stderr.
Exit codes: 0 taken, 2 wrong use, 3 could not: no Node process, no room, no access.

Examples:
  memx snapshot take --pid 4711 --dry-run
  memx snapshot take --pid 4711 -o now.heapsnapshot.gz`,
    )
    .action(take);
}

function take(options: TakeCommandOptions): Promise<void> {
  const { pid, dryRun, force = false, json } = options;
  const output = options.output ?? `heap-${pid}-${timeStamp()}.heapsnapshot`;
  return attempt(async ({ signal, progress }) => {
    const { session, detach } = await attach(pid, signal);
    try {
      const source = remoteHeapSource(session);
      if (dryRun) {
        tellPrice(priceReading(await source.read()), json);
        return;
      }
      const onProgress = (step: TakeSnapshotProgress) => showProgress(step, progress);
      const taken = await takeSnapshot({ to: output, source, force, signal, onProgress });
      progress.clear();
      tellTaken(taken, { pid, output, json });
    } finally {
      await detach();
    }
  });
}

function showProgress(step: TakeSnapshotProgress, progress: ProgressLine): void {
  if (step.phase === 'priced') {
    progress.clear();
    console.error(`memx: ${describePrice(step.price)}`);
  } else if (step.phase === 'walking')
    progress.show(`V8 walks the heap: ${Math.floor(step.doneFraction * 100)} %`);
  else progress.show(`${formatBytes(step.writtenBytes)} written`);
}

function tellPrice(price: SnapshotPrice, json: boolean | undefined): void {
  console.error(`memx: ${describePrice(price)}`);
  if (json) console.log(JSON.stringify({ schema: 'memx.snapshot-price/1', ...price }));
}

function tellTaken(
  taken: TakenSnapshot,
  { pid, output, json }: { pid: number; output: string; json: boolean | undefined },
): void {
  console.error(
    `memx: wrote ${output} (${formatBytes(taken.writtenBytes)}); the process stood still for ${seconds(taken.pauseMs)}`,
  );
  if (json) console.log(JSON.stringify({ schema: 'memx.snapshot-taken/1', pid, output, ...taken }));
}

function describePrice({
  pauseMs,
  peakExtraBytes,
  fileBytes,
  heapUsedBytes,
  availableMemoryBytes,
}: SnapshotPrice): string {
  return `a snapshot of this heap (${formatBytes(heapUsedBytes)}) takes about ${seconds(pauseMs)}, ${formatBytes(peakExtraBytes)} of memory (${formatBytes(availableMemoryBytes)} are left) and a file of ${formatBytes(fileBytes)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function timeStamp(): string {
  return new Date().toISOString().slice(0, 19).replace(/[-:]/g, '');
}

function parsePid(text: string): number {
  const pid = Number(text);
  if (Number.isInteger(pid) && pid > 0) return pid;
  throw new InvalidArgumentError('Give the number of a process.');
}
