import { resolve } from 'node:path';
import { MemxError } from '@memx/core';
import type { LineWriterOptions } from '../allocation/write-line.js';

/** Which files are instrumented. Patterns are globs (`*`, `**`, `?`) of paths, relative ones from the working directory. */
export interface FileSelection {
  /** Default: every file outside `node_modules`. Given, only what matches, inside `node_modules` too. */
  readonly include?: readonly string[];
  /** Left out although included. */
  readonly exclude?: readonly string[];
}

/** A checked {@link FileSelection} as texts of regular expressions, which cross threads. */
export interface SelectionPatterns {
  readonly include: string | null;
  readonly exclude: string | null;
}

/** What every thread that loads files has to know. */
export interface InstrumentPlan extends SelectionPatterns {
  /** V8 goes on inlining, but what is inserted. */
  readonly resistsInlining: boolean;
  /** Where copies of the sources go. */
  readonly sources: LineWriterOptions | null;
}

/** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
export function compileSelection(selection: FileSelection): SelectionPatterns {
  return {
    include: toPattern('include', selection.include),
    exclude: toPattern('exclude', selection.exclude),
  };
}

export function selects({ include, exclude }: SelectionPatterns, filename: string): boolean {
  const path = filename.replaceAll('\\', '/');
  if (exclude !== null && new RegExp(exclude).test(path)) return false;
  return include === null ? !path.includes('/node_modules/') : new RegExp(include).test(path);
}

function toPattern(option: string, globs: readonly string[] | undefined): string | null {
  if (globs === undefined) return null;
  if (Array.isArray(globs) && globs.every((glob) => typeof glob === 'string')) {
    return globs.length === 0 ? null : `^(?:${globs.map(globToPattern).join('|')})$`;
  }
  throw new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: `${option} must be an array of globs`,
    value: globs,
    remedy: `Give paths such as ['src/**'].`,
  });
}

function globToPattern(glob: string): string {
  const path = resolve(glob).replaceAll('\\', '/');
  return path.replace(/\*\*\/?|\*|\?|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
}
