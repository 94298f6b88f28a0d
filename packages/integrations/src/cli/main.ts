import { MemxError } from '@memx/core';
import { Command, CommanderError } from 'commander';
import { type CommandLoaders, loadCommands } from './load-commands.js';
import { memxVersion } from './version.js';

const WRONG_USE = 2;

function commandsOf(argv: readonly string[]): CommandLoaders {
  return {
    check: async () => (await import('./check/check-command.js')).checkCommand(),
    run: async () => (await import('./run/run-command.js')).runCommand(),
    profile: async () => (await import('./profile/profile-command.js')).profileCommand(),
    diff: async () => (await import('./diff/diff-command.js')).diffCommand(),
    snapshot: async () => (await import('./snapshot/snapshot-command.js')).snapshotCommand(argv[3]),
    version: async () =>
      new Command('version').description('print the version').action(() => console.log(memxVersion())),
  };
}

/** The `memx` command. Sets `process.exitCode`; never rejects. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('memx')
    .description('Finds and explains memory leaks in Node.js programs.')
    .version(memxVersion(), '-V, --version')
    .exitOverride()
    .showHelpAfterError('(memx --help shows how it is used)');
  for (const command of await loadCommands(commandsOf(argv), argv[2])) program.addCommand(command);
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
