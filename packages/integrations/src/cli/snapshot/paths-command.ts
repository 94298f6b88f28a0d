import { Command } from 'commander';
import { printAnswer } from '../heap/print-answer.js';
import { parseTop } from '../profile/parse-top.js';
import { addObjectOptions, type ObjectOptions, toFilter } from './object-options.js';

interface PathsCommandOptions extends ObjectOptions {
  readonly top: number;
  readonly json?: boolean;
}

export function pathsCommand(): Command {
  const command = new Command('paths')
    .description('who holds the objects of a type: a thousand on the same way are one group')
    .argument('<file>', 'a .heapsnapshot file, also packed (.gz, .br, .zst); - is stdin')
    .option('--top <number>', 'how many ways to list', parseTop, 10)
    .option('--json', 'print the answer as JSON (schema memx.snapshot-paths/1)');
  return addObjectOptions(command)
    .addHelpText(
      'after',
      `
A way reads from what holds the module or the variable down to the object. Keys and indexes are [key] and […].

Examples:
  memx snapshot paths heap.heapsnapshot --type Session
  memx snapshot paths heap.heapsnapshot --package mongoose --min-size 10KiB`,
    )
    .action((file: string, { top, json, ...objects }: PathsCommandOptions) =>
      printAnswer({ kind: 'paths', file, top, filter: toFilter(objects) }, { json }),
    );
}
