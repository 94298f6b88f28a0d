import { profileFileEndings } from '@memx/advanced';
import { Command } from 'commander';
import { parseTop } from '../profile/parse-top.js';
import { parseProfileFile } from '../profile/profile-file.js';
import { diffProfileFiles, type ProfileDiffOptions } from './diff-profile-files.js';
import { recordingKindOf } from './recording-kind.js';

export function diffCommand(): Command {
  return new Command('diff')
    .description('say what is in a second recording and was not in the first')
    .argument('<before>', `a profile: ${profileFileEndings.join(', ')}`)
    .argument('<after>', 'a second one, taken in the same way')
    .option('--top <number>', 'how many functions or lines to list', parseTop, 20)
    .option(
      '-o, --output <file>',
      `write the difference to a file: ${profileFileEndings.join(', ')}`,
      parseProfileFile,
    )
    .option('--json', 'print the difference as JSON (schema memx.allocations/1)')
    .addHelpText(
      'after',
      `
The table goes to stdout; with --json, the JSON does. A difference of less than twice its error is noise. The files may
come from other tools (node --heap-prof, Chrome DevTools, pprof).

Examples:
  memx diff monday.heapprofile friday.heapprofile
  memx diff before.json after.json -o difference.speedscope.json`,
    )
    .action(diffFiles);
}

async function diffFiles(before: string, after: string, options: ProfileDiffOptions): Promise<void> {
  switch (recordingKindOf([before, after])) {
    case 'profile':
      return await diffProfileFiles([before, after], options);
  }
}
