import { Command } from 'commander';
import { type CommandLoaders, loadCommands } from '../load-commands.js';

const subcommands: CommandLoaders = {
  take: async () => (await import('./take-command.js')).takeCommand(),
  summary: async () => (await import('./summary-command.js')).summaryCommand(),
  types: async () => (await import('./types-command.js')).typesCommand(),
  paths: async () => (await import('./paths-command.js')).pathsCommand(),
  retainers: async () => (await import('./retainers-command.js')).retainersCommand(),
  dominators: async () => (await import('./dominators-command.js')).dominatorsCommand(),
  strings: async () => (await import('./strings-command.js')).stringsCommand(),
  redact: async () => (await import('./redact-command.js')).redactCommand(),
};

/** `memx snapshot`: one file per subcommand, of which the one that is asked for is loaded. */
export async function snapshotCommand(subcommand: string | undefined): Promise<Command> {
  const command = new Command('snapshot').description('take heap snapshots, and work with their files');
  for (const loaded of await loadCommands(subcommands, subcommand)) command.addCommand(loaded);
  return command;
}
