import { Command } from 'commander';
import { printAnswer } from '../heap/print-answer.js';
import { parseTop } from '../profile/parse-top.js';

interface SummaryCommandOptions {
  readonly top: number;
  readonly json?: boolean;
}

export function summaryCommand(): Command {
  return new Command('summary')
    .description('what fills a heap: objects that gather others, types, packages, strings')
    .argument('<file>', 'a .heapsnapshot file, also packed (.gz, .br, .zst); - is stdin')
    .option('--top <number>', 'how many types and packages to list', parseTop, 10)
    .option('--json', 'print the answer as JSON (schema memx.snapshot-summary/1)')
    .addHelpText(
      'after',
      `
Start here. One snapshot tells what is large, not what grows: for that, take two and give them to memx diff.

Examples:
  memx snapshot summary heap.heapsnapshot
  zstd -dc heap.heapsnapshot.zst | memx snapshot summary -`,
    )
    .action((file: string, { top, json }: SummaryCommandOptions) =>
      printAnswer({ kind: 'summary', file, top }, { json }),
    );
}
