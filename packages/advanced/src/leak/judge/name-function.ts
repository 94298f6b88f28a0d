/** A function as a sentence names it: `createDebug (debug/src/common.js:64)`, `the function at server.js:12`. */
export function nameFunction({ functionName, filename, line }: NamedFunction): string {
  const inside = filename
    .split(/[\\/]node_modules[\\/]/)
    .slice(1)
    .at(-1);
  const place = `${(inside ?? filename.split(/[\\/]/).at(-1) ?? '').replaceAll('\\', '/')}:${line}`;
  return functionName === '(anonymous)' ? `the function at ${place}` : `${functionName} (${place})`;
}

interface NamedFunction {
  readonly functionName: string;
  readonly filename: string;
  readonly line: number;
}
