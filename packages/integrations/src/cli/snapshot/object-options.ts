import type { ObjectFilter } from '@memx/advanced';
import { parseBytes } from '@memx/core';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** Options that say which objects. */
export interface ObjectOptions {
  readonly type?: string;
  readonly id?: number;
  readonly package?: string;
  readonly minSize?: number;
}

/** Adds `--type`, `--id`, `--package` and `--min-size`. */
export function addObjectOptions(command: Command): Command {
  return command
    .option(
      '--type <name>',
      "objects of this type, as memx snapshot types names it; * stands for any text: '*Cache'",
    )
    .addOption(new Option('--id <number>', 'the object with this id').argParser(parseId))
    .option('--package <name>', 'objects whose class or function is of this npm package')
    .addOption(minSizeOption());
}

export function minSizeOption(): Option {
  return new Option('--min-size <size>', 'at least this retained size, for example 100KiB').argParser(
    parseSize,
  );
}

export function toFilter({ type, id, package: packageName, minSize }: ObjectOptions): ObjectFilter {
  return {
    ...(type === undefined ? {} : { type }),
    ...(id === undefined ? {} : { id }),
    ...(packageName === undefined ? {} : { package: packageName }),
    ...(minSize === undefined ? {} : { minSizeBytes: minSize }),
  };
}

function parseId(text: string): number {
  const id = Number(text.replace(/^@/, ''));
  if (Number.isInteger(id) && id > 0) return id;
  throw new InvalidArgumentError('Give the number that stands behind @.');
}

function parseSize(text: string): number {
  try {
    return parseBytes(text);
  } catch {
    throw new InvalidArgumentError('Give a size, for example 100KiB or 2MiB.');
  }
}
