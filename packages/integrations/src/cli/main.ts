import { MemxError } from '@memx/core';
import { Command, CommanderError } from 'commander';
import { checkCommand } from './check/check-command.js';
import { diffCommand } from './diff/diff-command.js';
import { profileCommand } from './profile/profile-command.js';
import { runCommand } from './run/run-command.js';
import { snapshotCommand } from './snapshot/snapshot-command.js';
import { memxVersion } from './version.js';

const WRONG_USE = 2;

/** The `memx` command. Sets `process.exitCode`; never rejects. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('memx')
    .description('Finds and explains memory leaks in Node.js programs.')
    .version(memxVersion(), '-V, --version')
    .exitOverride()
    .showHelpAfterError('(memx --help shows how it is used)')
    .addCommand(checkCommand())
    .addCommand(runCommand())
    .addCommand(profileCommand())
    .addCommand(diffCommand())
    .addCommand(snapshotCommand())
    .addCommand(
      new Command('version').description('print the version').action(() => console.log(memxVersion())),
    );
  for (const command of program.commands) command.exitOverride();
  // A reader that has seen enough (`memx check app.js | head`) is not an error.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? process.exitCode : 1),
  );
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    if (!(error instanceof CommanderError)) console.error(describe(error));
  }
}

function exitCodeOf(error: unknown): number {
  return error instanceof CommanderError && error.exitCode === 0 ? 0 : WRONG_USE;
}

function describe(error: unknown): string {
  if (error instanceof MemxError) return `memx: ${error.message} [${error.code}]`;
  return `memx: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
