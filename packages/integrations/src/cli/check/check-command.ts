import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Confidence, watchOptions } from '@memx/advanced';
import { MemxError, writeFileWholeSync } from '@memx/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import pico from 'picocolors';
import type { CheckDocument } from '../../render/check-document.js';
import { renderCheckText } from '../../render/check-text.js';
import type { CallExpression } from '../call/call-plan.js';
import { parseCall } from '../call/parse-call.js';
import { addLoad, type LoadPlan } from '../load/parse-load.js';
import { parseOutputFile } from '../output-file.js';
import { parseDurationMs } from '../parse-duration.js';
import { resolveScript } from '../program/resolve-script.js';
import { ProgressLine } from '../progress-line.js';
import { checkProgram, type GivenWork } from './check-program.js';
import { checkExitCode, toCheckDocument, toFailedDocument } from './judge-check.js';

interface CheckCommandOptions {
  readonly duration: number;
  readonly untilSure?: boolean;
  readonly failOn: Confidence;
  readonly json?: boolean;
  readonly output?: string;
  readonly evidence?: string;
  readonly snapshot: boolean;
  readonly lines: boolean;
  readonly external: boolean;
  readonly load?: readonly LoadPlan[];
  readonly call?: CallExpression;
  readonly rounds?: number;
}

export function checkCommand(): Command {
  return new Command('check')
    .description('run a program and say whether it leaks, where and why')
    .argument('<script>', 'the file that you would give to node')
    .argument('[args...]', "the program's own arguments, after --")
    .addOption(
      new Option('-d, --duration <time>', 'how long to watch (10, 90s, 5m, 1h)')
        .argParser(parseWatchDurationMs)
        .default(10_000, '10 s'),
    )
    .option('--until-sure', 'end before that, as soon as a leak is beyond doubt')
    .addOption(
      new Option('--fail-on <confidence>', 'exit with 1 at this confidence or above')
        .choices(['low', 'medium', 'high'])
        .default('medium'),
    )
    .option(
      '--load <load>',
      'send its server requests while it is watched: a route, a URL, or a shell command; may be repeated',
      addLoad,
    )
    .addOption(
      new Option('--call <call>', 'call a function that the script exports, again and again')
        .argParser(parseCall)
        .conflicts('load'),
    )
    .option('--rounds <n>', 'with --call: so many calls, spread over the time', parseRounds)
    .option('--json', 'print one JSON object (schema memx.check/1)')
    .option('-o, --output <file>', 'write the result to a file instead of stdout', parseOutputFile)
    .option(
      '--evidence <file>',
      'also write what the verdict was made of (schema memx.evidence/1)',
      parseOutputFile,
    )
    .option('--no-snapshot', 'never stop the program to count its objects by type')
    .option('--no-lines', 'name functions only, and load the program’s files as they are')
    .option('--no-external', 'never wrap what makes Buffers and WebAssembly memory to see who calls it')
    .addHelpText(
      'after',
      `
With --load the time counts from when the program's first HTTP server listens, and ends with a short rest.
  A route or a URL may have options before it: -c connections (10), -R requests a second in all (200),
  -m method, -H "name: value", -b body. A command is run in a shell, again and again; it finds the server in
  MEMX_URL and MEMX_PORT.
With --call the arguments are JavaScript, evaluated for each call; i is the number of the call. At most 1000 calls
  a second are made, one after the other; promises are awaited.

With --until-sure the time is the longest: the program is ended when both witnesses, its functions' survivors and its
  types, have named a leak in five rounds or more, for half as long again as it took to hear both. It pays from two
  minutes on, and for memory outside the heap. A cache that goes on filling looks like a leak for as long.

Exit codes: 0 nothing at or above --fail-on, 1 a leak, 2 wrong use, 3 could not measure.

Examples:
  memx check server.js
  memx check server.js --load /users --load '-m POST -H "content-type: application/json" -b {"a":1} /orders'
  memx check server.js --load 'npx autocannon -d 5 $MEMX_URL/users' --duration 60
  memx check parser.mjs --call 'parse({ id: i })'
  memx check server.js --load /users --duration 10m --until-sure
  memx check worker.mjs --duration 60 --json -o leak.json -- --queue mail`,
    )
    .action(runCheck);
}

async function runCheck(
  script: string,
  args: string[],
  options: CheckCommandOptions,
  command: Command,
): Promise<void> {
  if (options.rounds !== undefined && !options.call) command.error("error: option '--rounds' needs '--call'");
  const { document, evidence } = await check(script, args, options);
  if (options.evidence && evidence) writeFileWholeSync(options.evidence, `${JSON.stringify(evidence)}\n`);
  if (document.error) console.error(`memx: ${document.error.message}`);
  publish(document, options);
  process.exitCode = checkExitCode(document, { failOn: options.failOn, durationMs: options.duration });
}

async function check(script: string, args: string[], options: CheckCommandOptions) {
  const progress = new ProgressLine();
  const snapshotFolder = options.snapshot ? mkdtempSync(join(tmpdir(), 'memx-check-')) : null;
  try {
    const watch = {
      ...watchOptions(options.duration, {
        ...(options.snapshot ? {} : { typeReadings: 0 }),
        untilSure: options.untilSure ?? false,
      }),
      publish: 'evidence' as const,
      workers: true,
      snapshotFolder,
    };
    const result = await checkProgram({
      script: resolveScript(script),
      args,
      watch,
      lines: options.lines ? {} : null,
      external: options.external,
      work: givenWork(options),
      onProgress: ({ elapsedMs, heapUsedBytes }) =>
        progress.update(elapsedMs, options.duration, heapUsedBytes),
    });
    return { document: toCheckDocument(result), evidence: result.evidence };
  } catch (error) {
    if (error instanceof MemxError && error.code === 'ERR_MEMX_PROGRAM') {
      return { document: toFailedDocument(error), evidence: null };
    }
    throw error;
  } finally {
    progress.clear();
    if (snapshotFolder !== null) rmSync(snapshotFolder, { recursive: true, force: true });
  }
}

function givenWork({ load, call, rounds }: CheckCommandOptions): GivenWork | null {
  if (call) return { kind: 'call', expression: call, rounds: rounds ?? null };
  return load ? { kind: 'load', loads: load } : null;
}

function publish(document: CheckDocument, { json, output }: CheckCommandOptions): void {
  const text = json
    ? `${JSON.stringify(document, null, 2)}\n`
    : renderCheckText(document, {
        columns: process.stdout.columns ?? 80,
        colors: output === undefined && pico.isColorSupported,
        cwd: process.cwd(),
      });
  if (output === undefined) process.stdout.write(text);
  else writeFileWholeSync(output, text);
}

function parseWatchDurationMs(text: string): number {
  const ms = parseDurationMs(text);
  if (ms >= 500) return ms;
  throw new InvalidArgumentError('Give at least half a second; ten are better.');
}

function parseRounds(text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds > 0) return rounds;
  throw new InvalidArgumentError('Give a whole number of calls.');
}
