import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs one of this app's programs in a process of its own and reads what it measured: the last line of its stdout, as JSON.
 *
 * @param {string} program a file in ../programs
 * @param {{ arguments?: string[], nodeOptions?: string[], through?: string[], node?: string }} [options]
 *   `through`: a command line of memx that runs the program in place of node; `node`: another binary than this one
 */
export async function measureInChild(
  program,
  { arguments: programArguments = [], nodeOptions = [], through = [], node = process.execPath } = {},
) {
  const file = fileURLToPath(new URL(`../programs/${program}`, import.meta.url));
  const command = [...nodeOptions, ...through, file, ...programArguments];
  // The exit code is that of memx's verdict where memx runs the program.
  const { stdout, stderr } = await run(node, command, { maxBuffer: 64 * 1024 * 1024 }).catch(
    (error) => error,
  );
  const line = stdout.split('\n').findLast((text) => text.startsWith('{"measured":'));
  if (!line) throw new Error(`${program} measured nothing: ${stdout}${stderr}. Run it alone to see why.`);
  return JSON.parse(line).measured;
}
