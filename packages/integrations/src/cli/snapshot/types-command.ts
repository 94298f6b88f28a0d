import { Command } from 'commander';
import { printAnswer } from '../heap/print-answer.js';
import { parseTop } from '../profile/parse-top.js';
import { minSizeOption, type ObjectOptions, toFilter } from './object-options.js';

interface TypesCommandOptions extends Pick<ObjectOptions, 'type' | 'minSize'> {
  readonly top: number;
  readonly json?: boolean;
}

export function typesCommand(): Command {
  return new Command('types')
    .description('how many objects of each type there are, and what they retain')
    .argument('<file>', 'a .heapsnapshot file, also packed (.gz, .br, .zst); - is stdin')
    .option('--top <number>', 'how many types to list', parseTop, 30)
    .option('--type <name>', "types of this name; * stands for any text: '*Cache'")
    .addOption(minSizeOption())
    .option('--json', 'print the answer as JSON (schema memx.snapshot-types/1)')
    .addHelpText(
      'after',
      `
What a type retains would be freed with all its objects; what one of them holds for another is counted once.

Examples:
  memx snapshot types heap.heapsnapshot
  memx snapshot types heap.heapsnapshot --type '*Store' --min-size 1MiB`,
    )
    .action((file: string, { top, json, ...objects }: TypesCommandOptions) =>
      printAnswer({ kind: 'types', file, top, filter: toFilter(objects) }, { json }),
    );
}
