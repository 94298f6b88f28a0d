import { Command } from 'commander';
import { printAnswer } from '../heap/print-answer.js';
import { parseTop } from '../profile/parse-top.js';
import { addObjectOptions, type ObjectOptions, toFilter } from './object-options.js';

interface DominatorsCommandOptions extends ObjectOptions {
  readonly top: number;
  readonly json?: boolean;
}

export function dominatorsCommand(): Command {
  const command = new Command('dominators')
    .description('the objects that retain most, and what they alone hold')
    .argument('<file>', 'a .heapsnapshot file, also packed (.gz, .br, .zst); - is stdin')
    .option('--top <number>', 'how many objects to list', parseTop, 15)
    .option('--json', 'print the answer as JSON (schema memx.snapshot-dominators/1)');
  return addObjectOptions(command)
    .addHelpText(
      'after',
      `
What an object retains would be freed with it.

Examples:
  memx snapshot dominators heap.heapsnapshot
  memx snapshot dominators heap.heapsnapshot --package express-session --min-size 1MiB`,
    )
    .action((file: string, { top, json, ...objects }: DominatorsCommandOptions) =>
      printAnswer({ kind: 'dominators', file, top, filter: toFilter(objects) }, { json }),
    );
}
