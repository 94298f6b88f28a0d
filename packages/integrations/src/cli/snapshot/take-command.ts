import { constants } from 'node:os';
import {
  priceReading,
  type SnapshotPrice,
  type TakenSnapshot,
  type TakeSnapshotProgress,
  takeSnapshot,
} from '@memx/advanced';
import { formatBytes, MemxError } from '@memx/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseOutputFile } from '../output-file.js';
import { parseDurationMs } from '../parse-duration.js';
import { endLike } from '../program/end-like.js';
import { resolveScript } from '../program/resolve-script.js';
import type { ProgressLine } from '../progress-line.js';
import { attach } from '../remote/attach.js';
import { remoteHeapSource } from '../remote/remote-heap-source.js';
import { attempt } from './attempt.js';
import type { TakeMoment } from './take-agent-config.js';
import { takeOfProgram } from './take-of-program.js';

interface TakeCommandOptions {
  readonly pid?: number;
  readonly atExit?: boolean;
  readonly after?: number;
  readonly on?: NodeJS.Signals;
  readonly output?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function takeCommand(): Command {
  return new Command('take')
    .description('take a heap snapshot of a running process, or of a program at a moment of its life')
    .argument('[script]', 'a program to run, as you would give it to node')
    .argument('[args...]', "the program's own arguments, after --")
    .addOption(new Option('--pid <number>', 'a running process').argParser(parsePid))
    .addOption(
      new Option('--after <duration>', 'when the program has run for so long').argParser(parseDurationMs),
    )
    .addOption(new Option('--on <signal>', 'whenever the program gets this signal').argParser(parseSignal))
    .option('--at-exit', 'when the program ends by itself')
    .option(
      '-o, --output <file>',
      'where to write; .gz, .br and .zst are packed (default: heap-<time>.heapsnapshot)',
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
  memx snapshot take --pid 4711 -o now.heapsnapshot.gz
  memx snapshot take server.mjs --after 10s -- --port 8080
  memx snapshot take server.mjs --on SIGUSR2`,
    )
    .action(take);
}

function take(script: string | undefined, args: string[], options: TakeCommandOptions): Promise<void> {
  const output = options.output ?? `heap-${timeStamp()}.heapsnapshot`;
  if (script === undefined && options.pid !== undefined) return takeOfProcess(options.pid, output, options);
  if (script !== undefined && options.pid === undefined)
    return runAndTake(script, args, { ...options, output });
  throw wrongUse('Give either --pid or a program to run', script ?? 'neither');
}

async function runAndTake(
  script: string,
  args: string[],
  { output, force = false, json, ...options }: TakeCommandOptions & { readonly output: string },
): Promise<void> {
  const moment = momentOf(options);
  let isTaken = false;
  let hasFailed = false;
  const end = await takeOfProgram({
    script: resolveScript(script),
    args,
    moment,
    output,
    force,
    onStart: (pid) => {
      if (moment.kind === 'signal') console.error(`memx: waits for ${moment.signal} to process ${pid}`);
    },
    onFailed: (message) => {
      hasFailed = true;
      console.error(`memx: ${message}`);
    },
    onTaken: ({ writtenBytes, pauseMs }) => {
      isTaken = true;
      console.error(`memx: wrote ${output} (${formatBytes(writtenBytes)}); it took ${seconds(pauseMs)}`);
      if (json)
        console.log(JSON.stringify({ schema: 'memx.snapshot-taken/1', output, writtenBytes, pauseMs }));
    },
  });
  if (!isTaken && !hasFailed) console.error('memx: no snapshot was taken before the program ended');
  endLike(end);
}

function momentOf({ atExit, after, on }: TakeCommandOptions): TakeMoment {
  const moments: TakeMoment[] = [
    ...(atExit ? [{ kind: 'exit' } as const] : []),
    ...(after === undefined ? [] : [{ kind: 'after', delayMs: after } as const]),
    ...(on === undefined ? [] : [{ kind: 'signal', signal: on } as const]),
  ];
  const [moment, second] = moments;
  if (moment && !second) return moment;
  throw wrongUse(
    'Say when, once: --at-exit, --after or --on',
    moments.map(({ kind }) => kind).join(', ') || 'none',
  );
}

function wrongUse(what: string, value: string): MemxError {
  return new MemxError('ERR_MEMX_INVALID_OPTION', {
    what,
    value,
    remedy: 'memx snapshot take --help has examples.',
  });
}

function takeOfProcess(pid: number, output: string, options: TakeCommandOptions): Promise<void> {
  const { dryRun, force = false, json } = options;
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

/** One that a program can hear, and that means nothing else to Node: SIGUSR1 opens its inspector. */
function parseSignal(text: string): NodeJS.Signals {
  const name = text.startsWith('SIG') ? text : `SIG${text}`;
  if (name in constants.signals && !['SIGKILL', 'SIGSTOP', 'SIGUSR1'].includes(name)) {
    return name as NodeJS.Signals;
  }
  throw new InvalidArgumentError('Give a signal that a program can handle, for example SIGUSR2.');
}

function parsePid(text: string): number {
  const pid = Number(text);
  if (Number.isInteger(pid) && pid > 0) return pid;
  throw new InvalidArgumentError('Give the number of a process.');
}
