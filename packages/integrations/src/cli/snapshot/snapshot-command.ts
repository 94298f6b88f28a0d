import { Command } from 'commander';
import { redactCommand } from './redact-command.js';
import { takeCommand } from './take-command.js';

/** `memx snapshot`: one file per subcommand. */
export function snapshotCommand(): Command {
  const command = new Command('snapshot')
    .description('take heap snapshots, and work with their files')
    .addCommand(takeCommand())
    .addCommand(redactCommand());
  for (const subcommand of command.commands) subcommand.exitOverride();
  return command;
}
