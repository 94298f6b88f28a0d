import { Command } from 'commander';
import { printAnswer } from '../heap/print-answer.js';
import { parseTop } from '../profile/parse-top.js';
import { minSizeOption } from './object-options.js';

interface StringsCommandOptions {
  readonly top: number;
  readonly minSize?: number;
  readonly values?: boolean;
  readonly json?: boolean;
}

export function stringsCommand(): Command {
  return new Command('strings')
    .description('texts that are kept more than once, and who holds them')
    .argument('<file>', 'a .heapsnapshot file, also packed (.gz, .br, .zst); - is stdin')
    .option('--top <number>', 'how many texts to list', parseTop, 10)
    .addOption(minSizeOption())
    .option('--values', 'print the texts too, which may hold secrets')
    .option('--json', 'print the answer as JSON (schema memx.snapshot-strings/1)')
    .addHelpText(
      'after',
      `
Examples:
  memx snapshot strings heap.heapsnapshot
  memx snapshot strings heap.heapsnapshot --values --min-size 10KiB`,
    )
    .action((file: string, { top, minSize = 0, values = false, json }: StringsCommandOptions) =>
      printAnswer({ kind: 'strings', file, top, minSizeBytes: minSize, withText: values }, { json }),
    );
}
