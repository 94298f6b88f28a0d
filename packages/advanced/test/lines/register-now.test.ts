import { execFile } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('fixtures/profiles-itself.mjs', import.meta.url));
const dist = (name: string) => fileURLToPath(new URL(`../../dist/lines/${name}`, import.meta.url));

async function run(preload: readonly string[], ...args: readonly string[]): Promise<object> {
  const { stdout } = await promisify(execFile)(process.execPath, [...preload, PROGRAM, ...args]);
  return JSON.parse(stdout);
}

const WITH_LINES = ['--import', pathToFileURL(dist('register-now.js')).href];

describe('a program that profiles itself', () => {
  // The CommonJS copy of memx registers, the other one profiles.
  it.each([
    ['--import', WITH_LINES],
    ['--require', ['--require', dist('register-now.cjs')]],
  ])('names lines without more ado when it is started with %s @memx/advanced/lines', async (_, preload) => {
    expect(await run(preload)).toEqual({
      line: 14,
      column: 15,
      builtin: 'new Array',
      functionName: 'measure',
      precision: 'line',
      inliningOff: true,
      kept: 2_503,
    });
  });

  it('names functions, as without instrumentation, when it asks for them', async () => {
    expect(await run(WITH_LINES, 'function')).toMatchObject({
      line: 11,
      column: 17,
      builtin: 'new Array',
      precision: 'function',
    });
  });

  it('is told what to do when it asks for lines and nothing is instrumented', async () => {
    expect(await run([], 'line')).toEqual({ code: 'ERR_MEMX_UNSUPPORTED' });
    expect(await run([])).toMatchObject({
      line: 11,
      column: 17,
      functionName: 'measure',
      precision: 'function',
    });
  });
});
