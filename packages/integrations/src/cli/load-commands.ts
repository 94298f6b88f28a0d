import type { Command } from 'commander';

/** Commands by name, each of which loads what it needs. */
export type CommandLoaders = Readonly<Record<string, () => Promise<Command>>>;

/** The named command alone, or all of them where none has that name (help, and what was misspelt). */
export async function loadCommands(loaders: CommandLoaders, name: string | undefined): Promise<Command[]> {
  const named = name !== undefined && Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  const commands = await Promise.all((named ? [named] : Object.values(loaders)).map((load) => load()));
  for (const command of commands) command.exitOverride();
  return commands;
}
