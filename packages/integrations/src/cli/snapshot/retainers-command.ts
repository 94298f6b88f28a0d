import { Command } from 'commander';
import { printAnswer } from '../heap/print-answer.js';
import { parseTop } from '../profile/parse-top.js';
import { addObjectOptions, type ObjectOptions, toFilter } from './object-options.js';

interface RetainersCommandOptions extends ObjectOptions {
  readonly top: number;
  readonly json?: boolean;
}

export function retainersCommand(): Command {
  const command = new Command('retainers')
    .description('what refers to an object, and the way from a root to it')
    .argument('<file>', 'a .heapsnapshot file, also packed (.gz, .br, .zst); - is stdin')
    .option('--top <number>', 'how many references to list', parseTop, 20)
    .option('--json', 'print the answer as JSON (schema memx.snapshot-retainers/1)');
  return addObjectOptions(command)
    .addHelpText(
      'after',
      `
Of several objects that match, the one that retains most is told of.

Examples:
  memx snapshot retainers heap.heapsnapshot --id 48213
  memx snapshot retainers heap.heapsnapshot --type MemoryStore`,
    )
    .action((file: string, { top, json, ...objects }: RetainersCommandOptions) =>
      printAnswer({ kind: 'retainers', file, top, filter: toFilter(objects) }, { json }),
    );
}
