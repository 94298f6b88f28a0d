import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type AllocationProfile,
  decodeProfile,
  type FunctionTotal,
  onlyMemory,
  rankFunctions,
  type StackFrame,
} from '@memx/advanced';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { type CommandOptions, memxCommand } from './memx-command.js';

const FIXTURES = fileURLToPath(new URL('./fixtures/lines/', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'memx-lines-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixture = (name: string) => join(FIXTURES, name);
const require = createRequire(import.meta.url);
const tsx = pathToFileURL(require.resolve('tsx')).href;

/** Many samples, so that a share of 6 % is never taken for one of 3 %. */
const FINE = ['--sampling-interval', '8k'];

async function profileOf(args: readonly string[], options: CommandOptions = {}) {
  const ended = await memxCommand(['profile', '--lines', '--json', ...FINE, ...args], options);
  // The program's own output comes before it.
  const profile = await decodeProfile(Buffer.from(ended.stdout.slice(ended.stdout.indexOf('{"schema"'))));
  return { ...ended, profile };
}

/** `file:line:column function builtin` of what allocated more than 3 % of what the program did: its own files, not a loader. */
function placesOf(profile: AllocationProfile): string[] {
  const rows = rankFunctions(onlyMemory(profile, 'heap')).filter(({ frame }) => isOfProgram(frame));
  const total = rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return rows
    .filter(({ sizeBytes }) => sizeBytes > 0.06 * total) // a list that grows by push is at 3 %, above or below by chance
    .map(describePlace)
    .sort();
}

/** What Node and loaders (tsx) allocate depends on their versions and on how much of it V8 happens to sample. */
function isOfProgram({ origin, filename }: StackFrame): boolean {
  return origin !== 'node' && (origin !== 'dependency' || filename.startsWith(folder));
}

function describePlace({ frame, builtins }: FunctionTotal): string {
  const { filename, line, column, functionName } = frame;
  return `${basename(filename)}:${line}:${column} ${functionName} ${builtins[0] ?? ''}`.trim();
}

function writeProgram(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const KEEPS = 'keeps.mjs:10:20 keep new Array';
const TRUE_BYTES = 2_503 * (997 * 8 + 16);

function expectKept(profile: AllocationProfile, bytes = TRUE_BYTES) {
  const kept = rankFunctions(profile).find((row) => describePlace(row) === KEEPS);
  // Five standard deviations: 1 run in a million is further off.
  expect(Math.abs((kept?.sizeBytes ?? 0) - bytes)).toBeLessThan(5 * (kept?.standardErrorBytes ?? 0));
}

describe('memx profile --lines', () => {
  it.each([
    ['nothing', 0],
    ['exit', 3],
    ['throw', 1],
  ])('names the expression and its bytes after %s, and passes the exit code on', async (how, code) => {
    const { exitCode, profile, stderr } = await profileOf([fixture('keeps.mjs'), '--', how]);
    expect(exitCode).toBe(code);
    expect(profile).toMatchObject({ precision: 'line', inliningOff: true });
    expect(placesOf(profile)).toEqual([KEEPS]);
    expectKept(profile);
    expect(stderr).toMatch(/keeps\.mjs:10:20 {2}new Array\n +keep {2}\(your code\)\n.*new Array\(length\)/);
    expect(stderr.includes('Error: on purpose')).toBe(how === 'throw');
  });

  it.skipIf(process.platform === 'win32')('ends by the signal that ended the program', async () => {
    const { signal, profile } = await profileOf(['--live', fixture('keeps.mjs'), '--', 'signal']);
    expect(signal).toBe('SIGTERM');
    expectKept(profile);
  });

  it.skipIf(process.platform === 'win32').each([
    ['loop', 'SIGTERM'],
    ['idle', 'SIGINT'],
  ] as const)('tells the lines of a program that is killed: %s, %s', async (how, signal) => {
    const file = join(folder, `${signal}.json`);
    const ended = await memxCommand(['profile', '--lines', '-o', file, fixture('keeps.mjs'), '--', how], {
      onOutput: (output, child) => {
        if (output === 'kept') setTimeout(() => child.kill(signal), 2_500); // a reading comes every second
      },
    });
    expect(ended.signal).toBe(signal);
    expectKept(await decodeProfile(readFileSync(file)));
  });

  it.each(['worker', 'worker-of-its-own'])('tells the lines of threads apart: %s', async (how) => {
    const { profile } = await profileOf([fixture('keeps.mjs'), '--', how]);
    expect(profile.threads.map(({ id }) => id === 0)).toEqual([true, false]);
    const ofThread = (thread: number) => ({
      ...profile,
      stacks: profile.stacks.filter((stack) => stack.thread === thread),
    });
    expectKept(ofThread(0));
    expectKept(ofThread(1), 2_503 * (499 * 8 + 16));
  });

  const SHOP = [
    'items.ts:11:30 parseItems JSON.parse',
    'shop.ts:14:36 enumerateOrders map',
    'shop.ts:14:57 (anonymous)',
  ];

  it.each(['NODE_OPTIONS', 'execArgv'])('names lines of TypeScript that tsx compiles (%s)', async (way) => {
    const loader = ['--import', tsx];
    const { profile } =
      way === 'NODE_OPTIONS'
        ? await profileOf([fixture('shop.ts')], { env: { NODE_OPTIONS: loader.join(' ') } })
        : await profileOf([fixture('shop.ts')], { execArgv: loader });
    expect(placesOf(profile)).toEqual(SHOP);
  });

  it.runIf('typescript' in process.features)(
    'names lines of TypeScript whose types Node strips',
    async () => {
      const { profile } = await profileOf([fixture('shop.ts')]);
      expect(placesOf(profile)).toEqual(SHOP);
    },
  );

  it.each(['esm', 'cjs'] as const)(
    'names lines of what was bundled, minified, with a map: %s',
    async (format) => {
      const outfile = join(folder, `bundle.${format === 'esm' ? 'mjs' : 'cjs'}`);
      await build({
        entryPoints: [fixture('shop.ts')],
        outfile,
        format,
        bundle: true,
        minify: true,
        platform: 'node',
        sourcemap: true,
      });
      const { profile, stderr } = await profileOf([outfile]);
      const places = placesOf(profile).map((place) => place.split(' ')[0]);
      expect(places).toEqual(['items.ts:11:30', 'shop.ts:14:36', 'shop.ts:14:57']);
      expect(stderr).toContain('(JSON.parse(TEXT) as Item[])'); // the author's line, not the bundle's
    },
  );

  it('instruments what --include names, and leaves out what --exclude names', async () => {
    const program = writeProgram(
      'chosen/app.cjs',
      `const { keep } = require('lib');
      require('./own.cjs')();
      keep();`,
    );
    writeProgram(
      'chosen/own.cjs',
      `\nmodule.exports = () => {\n  globalThis.a = new Array(300_007).fill(1);\n};`,
    );
    writeProgram(
      'chosen/node_modules/lib/index.js',
      `\nexports.keep = () => {\n  globalThis.b = new Array(700_001).fill(1);\n};`,
    );
    const places = async (...args: string[]) => placesOf((await profileOf([...args, program])).profile);
    const [lib, libStart] = ['index.js:3:18 exports.keep new Array', 'index.js:2:16 exports.keep'];
    const [own, ownStart] = ['own.cjs:3:18 module.exports new Array', 'own.cjs:2:18 module.exports'];
    expect(await places()).toEqual([libStart, own]);
    expect(await places('--include', `${folder}/chosen/node_modules/lib/**`)).toEqual([lib, ownStart]);
    expect(await places('--include', `${folder}/**`, '--exclude', `${folder}/**/own.*`)).toEqual([
      lib,
      ownStart,
    ]);
    expect(await places('--include', `${folder}/**/lib/*`, '--include', `${folder}/**/own.cjs`)).toEqual([
      lib,
      own,
    ]);
  });

  it('takes files with a byte order mark, a hashbang, and behind a symbolic link', async () => {
    const program = writeProgram(
      'odd/app.cjs',
      `#!/usr/bin/env node\nrequire('./linked/marked.cjs');\nglobalThis.a = [new Array(300_007).fill(1)];`,
    );
    writeProgram('odd/real/marked.cjs', `\uFEFFglobalThis.b = [new Array(700_001).fill(1)];`);
    symlinkSync(join(folder, 'odd/real'), join(folder, 'odd/linked'), 'junction');
    const { profile } = await profileOf([program]);
    expect(placesOf(profile)).toEqual([
      'app.cjs:3:17 (anonymous) new Array',
      'marked.cjs:1:17 (anonymous) new Array',
    ]);
    expect(rankFunctions(profile)[0]?.frame.filename).toMatch(/odd[\\/]real[\\/]marked\.cjs$/);
  });

  it('leaves what is evaluated as it is', async () => {
    const program = writeProgram(
      'evaluates.cjs',
      `const text = '(function inside() { return new Array(300_007).fill(1); })';
      globalThis.kept = [eval(text)(), new Function('return ' + text)()(), require('node:vm').runInThisContext(text)()];
      console.log(String(eval(text)));`,
    );
    const { stdout, profile } = await profileOf([program]);
    expect(stdout).toContain('(function inside() { return new Array(300_007).fill(1); })'.slice(1, -1));
    expect(placesOf(profile).length).toBeGreaterThan(0);
  });

  it("keeps Node's own error for a file that cannot be parsed", async () => {
    const program = writeProgram('broken.mjs', 'const a = ;\n');
    const { exitCode, stderr } = await memxCommand(['profile', '--lines', program]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("SyntaxError: Unexpected token ';'");
    expect(stderr).toContain('const a = ;');
  });

  it('leaves the program as it is: its arguments, input, environment and children', async () => {
    const { stdout } = await memxCommand(
      ['profile', '--lines', 'tells-what-it-sees.cjs', '--', '--port', '1'],
      {
        input: 'typed',
        env: { NODE_OPTIONS: `--import ${tsx}` },
      },
    );
    const seen = JSON.parse(stdout);
    expect(seen).toMatchObject({
      argv: ['--port', '1'],
      main: true,
      execArgv: [],
      agent: [],
      input: 'typed',
    });
    expect(seen.child).toEqual({ execArgv: [], agent: [] });
  });
});
