import { extname } from 'node:path';
import { type MemorySeries, writeFileWholeSync } from '@memx/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import { renderSummaryLine } from '../../render/summary-line.js';
import { parseOutputFile } from '../output-file.js';
import { parseDurationMs } from '../parse-duration.js';
import { endLike } from '../program/end-like.js';
import { resolveScript } from '../program/resolve-script.js';
import { ProgressLine } from '../progress-line.js';
import { runProgram } from './run-program.js';

interface RunCommandOptions {
  readonly interval: number;
  readonly output?: string;
  readonly json?: boolean;
}

const FORMATS: Readonly<Record<string, (series: MemorySeries) => string>> = {
  '.json': (series) => `${JSON.stringify(series)}\n`,
  '.csv': (series) => series.toCSV(),
  '.svg': (series) => series.toSVG(),
  '.html': (series) => series.toHTML(),
};

export function runCommand(): Command {
  return new Command('run')
    .description('run a program and record its memory')
    .argument('<script>', 'the file that you would give to node')
    .argument('[args...]', "the program's own arguments, after --")
    .addOption(
      new Option('-i, --interval <time>', 'time between two samples (100ms, 1s)')
        .argParser(parseIntervalMs)
        .default(100, '100 ms'),
    )
    .option('-o, --output <file>', 'write the series to a .json, .csv, .svg or .html file', parseOutput)
    .option('--json', 'print the series as JSON (schema memx.series/1) after the program’s own output')
    .addHelpText(
      'after',
      `
The exit code is the program's own; a signal that ended it is passed on.

Examples:
  memx run build.js -o memory.html
  memx run worker.mjs --interval 1s --json -- --queue mail`,
    )
    .action(run);
}

async function run(script: string, args: string[], options: RunCommandOptions): Promise<void> {
  const progress = new ProgressLine();
  const { end, series } = await runProgram({
    script: resolveScript(script),
    args,
    intervalMs: options.interval,
    onSample: ({ heapUsedBytes }) => {
      if (heapUsedBytes !== null) progress.update(performance.now(), null, heapUsedBytes);
    },
  });
  progress.clear();
  if (series) {
    try {
      publish(series, options);
    } catch (error) {
      console.error(`memx: ${error instanceof Error ? error.message : String(error)}`); // the program's exit code stays
    }
  }
  endLike(end);
}

function publish(series: MemorySeries, { output, json }: RunCommandOptions): void {
  console.error(renderSummaryLine(series));
  if (json) process.stdout.write(`${JSON.stringify(series)}\n`);
  if (output !== undefined) writeFileWholeSync(output, FORMATS[extname(output)]?.(series) ?? '');
}

function parseIntervalMs(text: string): number {
  const ms = parseDurationMs(text);
  if (ms >= 1) return ms;
  throw new InvalidArgumentError('Give at least 1ms.');
}

function parseOutput(file: string): string {
  if (extname(file) in FORMATS) return parseOutputFile(file);
  throw new InvalidArgumentError(`Give a file that ends in ${Object.keys(FORMATS).join(', ')}.`);
}
