import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { type RedactionLevel, redactSnapshot } from '@memx/advanced/redact';
import { formatBytes, MemxError, writeFileWhole } from '@memx/core';
import { Command, Option } from 'commander';
import { parseOutputFile } from '../output-file.js';
import { attempt } from './attempt.js';

interface RedactCommandOptions {
  readonly level: RedactionLevel;
  readonly output?: string;
  readonly saltFile?: string;
  readonly json?: boolean;
}

export function redactCommand(): Command {
  return new Command('redact')
    .description('copy a heap snapshot without the data that it holds')
    .argument('<file>', 'a .heapsnapshot file')
    .option(
      '-o, --output <file>',
      'where to write; .gz, .br and .zst are packed (default: beside the file, .redacted)',
      parseOutputFile,
    )
    .addOption(
      new Option('--level <level>', 'which names stay')
        .choices(['names', 'basic', 'full'])
        .default('names' satisfies RedactionLevel),
    )
    .option('--salt-file <file>', 'the secret that makes two files comparable; made if there is none')
    .option('--json', 'print what was done as JSON (schema memx.redacted/1)')
    .addHelpText(
      'after',
      `
Values go at every level: strings, numbers, keys of dictionaries, patterns, descriptions, paths of files. Of names,
  names  keeps constructors, functions, properties and variables that stand in the program's code
  basic  keeps constructors and functions that stand in the program's code
  full   keeps those that JavaScript itself has
Types, sizes, ids and references stay. Sizes tell how long a string was.

Examples:
  memx snapshot redact prod.heapsnapshot -o shareable.heapsnapshot
  memx snapshot redact before.heapsnapshot --salt-file salt && memx snapshot redact after.heapsnapshot --salt-file salt`,
    )
    .action((file: string, options: RedactCommandOptions) => redact(file, options));
}

function redact(file: string, { level, saltFile, json, ...options }: RedactCommandOptions): Promise<void> {
  const output = options.output ?? nameBeside(file);
  keepYoungGenerationSmall();
  return attempt(async ({ signal, progress }) => {
    const salt = saltFile === undefined ? undefined : await readOrMakeSalt(saltFile);
    const done = await redactSnapshot(file, output, {
      level,
      signal,
      ...(salt ? { salt } : {}),
      onProgress: ({ fraction }) => progress.show(`redacting ${Math.floor(fraction * 100)} %`),
    });
    progress.clear();
    console.error(`memx: wrote ${output} (${formatBytes(done.writtenBytes)}, level ${level})`);
    if (json) console.log(JSON.stringify({ schema: 'memx.redacted/1', source: file, output, ...done }));
  });
}

/**
 * V8 lets the space for new objects grow to 16 MiB twice, for speed that a copy of bytes has no use for. The factor is
 * read when it grows, so it may be set late (Node 20 to 26); the space's limit is not.
 */
function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

function nameBeside(file: string): string {
  return join(dirname(file), `${basename(file, '.heapsnapshot')}.redacted.heapsnapshot`);
}

async function readOrMakeSalt(file: string): Promise<Uint8Array> {
  const found = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw new MemxError('ERR_MEMX_IO', {
      what: 'The salt could not be read',
      value: file,
      remedy: 'Give a file that may be read.',
      cause,
    });
  });
  if (found !== null) return found;
  const salt = randomBytes(32).toString('hex');
  await writeFileWhole(file, salt);
  return Buffer.from(salt);
}
