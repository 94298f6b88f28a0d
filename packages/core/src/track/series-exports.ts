import { builtin } from '../builtin.js';
import { MemxError } from '../errors.js';
import { writeFileWholeSync } from '../files/write-file-whole.js';
import { checkString } from '../model/option-checks.js';
import { reportFailure } from '../model/report-failure.js';
import type { MemorySeries } from '../series/memory-series.js';

/** Where a series is to be written; each is a path. */
export interface SeriesExportOptions {
  readonly exportJson?: string | undefined;
  readonly exportCsv?: string | undefined;
  readonly exportHtml?: string | undefined;
  readonly exportSvg?: string | undefined;
}

export const exportOptionNames = ['exportJson', 'exportCsv', 'exportHtml', 'exportSvg'] as const;

const encoders = {
  exportJson: (series: MemorySeries) => `${JSON.stringify(series)}\n`,
  exportCsv: (series: MemorySeries) => series.toCSV(),
  exportHtml: (series: MemorySeries) => series.toHTML(),
  exportSvg: (series: MemorySeries) => series.toSVG(),
} as const;

/** A file to come. */
export interface SeriesExport {
  readonly path: string;
  readonly encode: (series: MemorySeries) => string;
}

/**
 * Where the files will lie, whatever becomes of the working directory.
 *
 * @throws MemxError for a path that will not be writable: now is the time to say so, not after a day's run
 */
export function planSeriesExports(options: SeriesExportOptions): SeriesExport[] {
  return exportOptionNames.flatMap((name) => {
    const given = checkString(name, options[name]);
    if (given === undefined) return [];
    const path = builtin('node:path').resolve(given);
    checkFolder(name, path);
    return [{ path, encode: encoders[name] }];
  });
}

/** Writes each file, whether or not another one fails. */
export function writeSeriesExports(
  exports: readonly SeriesExport[],
  series: MemorySeries,
  onError: ((error: unknown) => void) | undefined,
): void {
  for (const { path, encode } of exports) {
    try {
      writeFileWholeSync(path, encode(series));
    } catch (error) {
      reportFailure(onError, error);
    }
  }
}

function checkFolder(name: string, path: string): void {
  try {
    const { accessSync, constants } = builtin('node:fs');
    accessSync(builtin('node:path').dirname(path), constants.W_OK);
  } catch (cause) {
    throw new MemxError('ERR_MEMX_IO', {
      what: `${name} lies in a folder that is not there or may not be written to`,
      value: path,
      remedy: 'Create the folder first, or give another path.',
      cause,
    });
  }
}
