import { describe, expect, it } from 'vitest';
import { MemorySeries } from '../../src/index.js';
import { runProgram } from './run-program.js';

const start = (options = '') => `
  import { globalTracker } from 'MEMX';
  globalTracker.start({ intervalMs: 10, label: 'whole', exportJson: 'memory.json', ${options} });
`;

const seriesOf = (files: Readonly<Record<string, string>>) => MemorySeries.fromJSON(files['memory.json']);

describe('globalTracker, at the end of a program', () => {
  it('writes all four files when the program ends by itself, and does not keep it', async () => {
    const run = await runProgram(
      start("exportCsv: 'memory.csv', exportHtml: 'memory.html', exportSvg: 'memory.svg'"),
    );
    expect(run).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(Object.keys(run.files).sort()).toEqual(['memory.csv', 'memory.html', 'memory.json', 'memory.svg']);
    expect(seriesOf(run.files).label).toBe('whole');
    expect([...MemorySeries.fromCSV(run.files['memory.csv'] ?? '')]).toEqual([...seriesOf(run.files)]);
    expect(run.files['memory.html']).toContain('<h1>whole</h1>');
    expect(run.files['memory.svg']).toMatch(/^<svg /);
  });

  it('keeps the code of process.exit', async () => {
    const run = await runProgram(
      `${start()} setInterval(() => {}, 1000); setTimeout(() => process.exit(3), 50);`,
    );
    expect(run).toMatchObject({ code: 3, stderr: '' });
    expect(seriesOf(run.files).durationMs).toBeGreaterThan(30);
  });

  it('writes on an uncaught exception, which is shown as ever', async () => {
    const run = await runProgram(`${start()} setTimeout(() => { throw new RangeError('user'); }, 20);`);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('RangeError: user');
    expect(seriesOf(run.files).length).toBeGreaterThan(1);
  });

  it('writes on an unhandled rejection', async () => {
    const run = await runProgram(`${start()} Promise.reject(new RangeError('user'));`);
    expect(run.code).toBe(1);
    expect(seriesOf(run.files).length).toBeGreaterThan(1);
  });

  it.each(['SIGINT', 'SIGTERM'])('writes on %s, and the program still ends by it', async (signal) => {
    const run = await runProgram(
      `${start()} setInterval(() => {}, 1000); setTimeout(() => process.kill(process.pid, '${signal}'), 30);`,
    );
    expect(run).toMatchObject({ code: null, signal });
    expect(seriesOf(run.files).length).toBeGreaterThan(1);
  });

  it('leaves a signal to those who listen for it, in whatever order they came', async () => {
    const leave = "process.once('SIGTERM', () => setTimeout(() => process.exit(7), 20));";
    const kill = "setInterval(() => {}, 1000); setTimeout(() => process.kill(process.pid, 'SIGTERM'), 30);";
    for (const program of [`${start()} ${leave} ${kill}`, `${leave} ${start()} ${kill}`]) {
      const run = await runProgram(program);
      expect(run).toMatchObject({ code: 7, signal: null });
      expect(seriesOf(run.files).durationMs).toBeGreaterThan(40);
    }
  });

  it('does not play after you with a listener that repeats the signal when it is alone', async () => {
    const run = await runProgram(`
      ${start()}
      const listener = () => {
        if (process.listenerCount('SIGINT') > 1) return; // somebody else decides
        process.off('SIGINT', listener);
        process.kill(process.pid, 'SIGINT');
      };
      process.on('SIGINT', listener);
      setInterval(() => {}, 1000);
      setTimeout(() => process.kill(process.pid, 'SIGINT'), 30);
    `);
    expect(run.signal).toBe('SIGINT');
    expect(seriesOf(run.files).length).toBeGreaterThan(1);
  });

  it('leaves signals alone when it is told to', async () => {
    const run = await runProgram(
      `${start('handleSignals: false')} setInterval(() => {}, 1000); process.kill(process.pid, 'SIGTERM');`,
    );
    expect(run).toMatchObject({ signal: 'SIGTERM', files: {} });
  });
});

describe('globalTracker, by hand', () => {
  it('writes when it is stopped, and is one for both copies of the package', async () => {
    const run = await runProgram(`
      import { createRequire } from 'node:module';
      import { existsSync } from 'node:fs';
      const listeners = () => ['exit', 'SIGINT', 'SIGTERM'].map((name) => process.listenerCount(name)).join();
      const before = listeners();
      ${start()}
      const commonJs = createRequire(import.meta.url)('MEMX_CJS');
      const facts = { running: commonJs.globalTracker.running };
      try { commonJs.globalTracker.start(); } catch (error) { facts.again = error.code; }
      const series = commonJs.globalTracker.stop();
      Object.assign(facts, {
        written: existsSync('memory.json'),
        same: globalTracker.stop() === series,
        stopped: !globalTracker.running,
        noListeners: listeners() === before,
      });
      console.log(JSON.stringify(facts));
    `);
    expect(JSON.parse(run.stdout)).toEqual({
      running: true,
      again: 'ERR_MEMX_ALREADY_STARTED',
      written: true,
      same: true,
      stopped: true,
      noListeners: true,
    });
  });

  it('may be started again, by using as well', async () => {
    const run = await runProgram(`
      ${start()}
      globalTracker.stop();
      const again = globalTracker.start({ exportCsv: 'second.csv' });
      again[Symbol.dispose]();
      again[Symbol.dispose]();
      console.log(globalTracker.running, globalTracker.memoryUsage.length >= 2);
    `);
    expect(run.stdout).toBe('false true\n');
    expect(Object.keys(run.files)).toEqual(['memory.json', 'second.csv']);
  });

  it('says so when it was never started, and when a folder is not there', async () => {
    const run = await runProgram(`
      import { globalTracker } from 'MEMX';
      const codeOf = (act) => { try { act(); } catch (error) { return error.code; } };
      console.log(
        codeOf(() => globalTracker.stop()),
        codeOf(() => globalTracker.start({ exportJson: 'no/such/folder.json' })),
        codeOf(() => globalTracker.start({ exportJSON: 'x' })),
        codeOf(() => globalTracker.start({ handleSignals: 'no' })),
        globalTracker.running,
        globalTracker.memoryUsage,
      );
    `);
    expect(run.stdout).toBe(
      'ERR_MEMX_NOT_STARTED ERR_MEMX_IO ERR_MEMX_INVALID_OPTION ERR_MEMX_INVALID_OPTION false undefined\n',
    );
  });

  it('tells onError of a file that cannot be written at the end, and keeps the exit code', async () => {
    const run = await runProgram(`
      import { rmSync, mkdirSync } from 'node:fs';
      import { globalTracker } from 'MEMX';
      mkdirSync('gone');
      globalTracker.start({ exportJson: 'gone/a.json', exportCsv: 'b.csv', onError: (error) => console.log(error.code) });
      rmSync('gone', { recursive: true });
      process.exitCode = 4;
    `);
    expect(run).toMatchObject({ code: 4, stdout: 'ERR_MEMX_IO\n' });
    expect(Object.keys(run.files)).toEqual(['b.csv']);
  });
});
