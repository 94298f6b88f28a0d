import { profileFileEndings } from '@memx/advanced';
import { MemxError } from '@memx/core';
import { Command } from 'commander';
import { printAnswer } from '../heap/print-answer.js';
import { parseTop } from '../profile/parse-top.js';
import { parseProfileFile } from '../profile/profile-file.js';
import { diffProfileFiles, type ProfileDiffOptions } from './diff-profile-files.js';
import { recordingKindOf } from './recording-kind.js';

interface DiffOptions extends ProfileDiffOptions {
  readonly minGrowth: number;
}

export function diffCommand(): Command {
  return new Command('diff')
    .description('say what is in a later recording and was not in an earlier one')
    .argument(
      '<before>',
      `a heap snapshot (.heapsnapshot, also packed), or a profile: ${profileFileEndings.join(', ')}`,
    )
    .argument('<after...>', 'a second one, taken in the same way; more heap snapshots, in the order of time')
    .option('--top <number>', 'how many functions, lines, types or paths to list', parseTop, 20)
    .option(
      '--min-growth <number>',
      'a path grew if it has so many objects more in each snapshot',
      parseTop,
      10,
    )
    .option(
      '-o, --output <file>',
      `profiles: write the difference to a file: ${profileFileEndings.join(', ')}`,
      parseProfileFile,
    )
    .option('--json', 'print the difference as JSON (schema memx.allocations/1, or memx.snapshot-diff/1)')
    .addHelpText(
      'after',
      `
The table goes to stdout; with --json, the JSON does.
Heap snapshots: what grew from each to the next, and the way to what holds it. They may be of one process or of several
runs. Give three or more to tell growth from a heap that swings; do the same work between each two.
Profiles: a difference of less than twice its error is noise. The files may come from other tools (node --heap-prof,
Chrome DevTools, pprof).

Examples:
  memx diff before.heapsnapshot after.heapsnapshot
  memx diff 1.heapsnapshot 2.heapsnapshot 3.heapsnapshot --min-growth 100
  memx diff monday.heapprofile friday.heapprofile
  memx diff before.json after.json -o difference.speedscope.json`,
    )
    .action(diffFiles);
}

async function diffFiles(before: string, after: readonly string[], options: DiffOptions): Promise<void> {
  const files = [before, ...after];
  switch (recordingKindOf(files)) {
    case 'profile':
      return await diffProfileFiles(onlyTwo(files), options);
    case 'snapshot': {
      const { top, minGrowth, json } = options;
      return await printAnswer({ kind: 'diff', files, top, minGrowth }, { json });
    }
  }
}

function onlyTwo([before, after, ...others]: readonly string[]): readonly [string, string] {
  if (before !== undefined && after !== undefined && others.length === 0) return [before, after];
  throw new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'Only two profiles can be compared',
    value: others.length + 2,
    remedy: 'Give two.',
  });
}
