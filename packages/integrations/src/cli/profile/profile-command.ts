import { type AllocationProfile, encodeProfile, profileFileEndings } from '@memx/advanced';
import type { FileSelection } from '@memx/advanced/lines/register';
import { parseBytes } from '@memx/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import pico from 'picocolors';
import { renderProfileText } from '../../render/profile-text.js';
import { endLike } from '../program/end-like.js';
import { resolveScript } from '../program/resolve-script.js';
import { parseTop } from './parse-top.js';
import { parseProfileFile, writeProfileFile } from './profile-file.js';
import { profileProgram } from './profile-program.js';
import { sourceLineReader } from './read-source-line.js';

interface ProfileCommandOptions {
  readonly lines?: boolean;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly exact?: boolean;
  readonly external: boolean;
  readonly live?: boolean;
  readonly top: number;
  readonly samplingInterval: number;
  readonly output?: string;
  readonly json?: boolean;
}

export function profileCommand(): Command {
  return new Command('profile')
    .description('run a program and say which functions, or lines, allocate its memory')
    .argument('<script>', 'the file that you would give to node')
    .argument('[args...]', "the program's own arguments, after --")
    .option('--lines', 'name the line and the expression, not only the function; inlining is off')
    .addOption(fileOption('--include <glob>', 'the files to instrument: a path or glob, may be repeated'))
    .addOption(fileOption('--exclude <glob>', 'files to leave as they are'))
    .option('--exact', 'keep V8 from inlining, so that no function is charged for another')
    .option('--no-external', 'the heap only, without Buffers and typed arrays')
    .addOption(new Option('--total', 'all that is allocated, collected or not (default)').conflicts('live'))
    .option('--live', 'what is still alive at the end')
    .addOption(
      new Option('--top <number>', 'how many functions or lines to list')
        .argParser(parseTop)
        .default(20, '20'),
    )
    .addOption(
      new Option('--sampling-interval <size>', 'mean bytes between two samples (16k, 512k)')
        .argParser(parseInterval)
        .default(64 * 1024, '64k'),
    )
    .option(
      '-o, --output <file>',
      `write the profile to a file: ${profileFileEndings.join(', ')}`,
      parseProfileFile,
    )
    .option('--json', 'print the profile as JSON (schema memx.allocations/1) after the program’s own output')
    .addHelpText(
      'after',
      `
The exit code is the program's own; a signal that ended it is passed on. Of a program that is killed, the
profile is that of the last reading, about a second earlier. Worker threads are told apart; processes that the
program starts (child_process, cluster) are not seen.

--lines instruments the program's own files while they are loaded (not those in node_modules, unless --include names
them) and names file:line:column of each expression, with the builtin that allocates for it. TypeScript (Node's type
stripping, tsx) and source maps are followed. It costs 1.1 to 1.2 times the CPU time of most programs. Stack traces of
errors then show columns of the instrumented text.

Examples:
  memx profile build.js --exact
  memx profile server.mjs --lines --exclude 'src/vendor/**'
  NODE_OPTIONS='--import tsx' memx profile --lines app.ts
  memx profile server.mjs --live -o live.heapprofile -- --port 8080`,
    )
    .action(runProfile);
}

async function runProfile(script: string, args: string[], options: ProfileCommandOptions): Promise<void> {
  const { end, profile, failures } = await profileProgram({
    script: resolveScript(script),
    args,
    config: {
      samplingIntervalBytes: options.samplingInterval,
      measure: options.live ? 'live' : 'total',
      exact: (options.exact || options.lines) ?? false,
      externalMemory: options.external,
      lines: options.lines ? selectionOf(options) : null,
    },
  });
  for (const failure of failures) console.error(`memx: ${failure}`);
  try {
    if (profile) await publish(profile, options);
    else
      console.error('memx: The program ended before its memory could be read. Profile one that runs longer.');
  } catch (error) {
    console.error(`memx: ${error instanceof Error ? error.message : String(error)}`); // the program's exit code stays
  }
  endLike(end);
}

async function publish(
  profile: AllocationProfile,
  { output, json, top }: ProfileCommandOptions,
): Promise<void> {
  const text = renderProfileText(profile, {
    columns: process.stderr.columns ?? 80,
    colors: pico.isColorSupported,
    cwd: process.cwd(),
    top,
    sourceLineOf: sourceLineReader(),
  });
  process.stderr.write(text);
  if (json) process.stdout.write(await encodeProfile(profile, 'json'));
  if (output !== undefined) await writeProfileFile(output, profile);
}

function fileOption(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((glob: string, before: readonly string[] = []) => [...before, glob])
    .implies({ lines: true });
}

function selectionOf({ include, exclude }: ProfileCommandOptions): FileSelection {
  return { ...(include ? { include } : {}), ...(exclude ? { exclude } : {}) };
}

function parseInterval(text: string): number {
  const bytes = tryParseBytes(text);
  if (bytes >= 1) return bytes;
  throw new InvalidArgumentError('Give a size, for example 64k.');
}

function tryParseBytes(text: string): number {
  try {
    return parseBytes(text);
  } catch {
    return 0;
  }
}
