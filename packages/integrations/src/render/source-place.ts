import { relative } from 'node:path';

/** `debug/src/common.js:64` for a package's file, a path relative to `cwd` for the program's own. */
export function renderSource(
  { filename, line, package: packageName }: { filename: string; line: number; package: string | null },
  cwd: string,
): string {
  const inside = packageName === null ? null : filename.split(/[\\/]node_modules[\\/]/).at(-1);
  return `${inside ?? shorten(filename, cwd)}:${line}`;
}

function shorten(filename: string, cwd: string): string {
  if (!/^(\/|[A-Za-z]:[\\/])/.test(filename)) return filename;
  const short = relative(cwd, filename);
  return short.startsWith('..') ? filename : short;
}
