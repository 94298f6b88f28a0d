import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { ROUTES } from '../soak/start-load.mjs';

const MEMX = fileURLToPath(new URL('bin/memx.mjs', import.meta.resolve('memx/package.json')));
const SERVER = fileURLToPath(new URL('../../programs/soak-server.mjs', import.meta.url));
const CPU_AT_EXIT = fileURLToPath(new URL('cpu-at-exit.cjs', import.meta.url));
const CONNECTIONS = 10;

/**
 * Starts the server, alone or under `memx check`. The load comes from this process, which is not measured.
 *
 * @param {{ kind?: 'healthy' | 'leak-watch' | 'rounds', check?: readonly string[] | null }} options `check`: the options of `memx check`,
 *   null for the server alone
 */
export async function startServer({ kind = 'healthy', check = null }) {
  const folder = mkdtempSync(join(tmpdir(), 'memx-check-cost-'));
  const [result, evidence, cpuFile] = ['check', 'evidence', 'cpu'].map((name) =>
    join(folder, `${name}.json`),
  );
  const files = ['--json', '-o', result, '--evidence', evidence];
  const command = check
    ? ['--require', CPU_AT_EXIT, MEMX, 'check', ...check, ...files, SERVER, '--', kind]
    : [SERVER, kind];
  const env = { ...process.env, MEMX_BENCH_CPU_OF: MEMX, MEMX_BENCH_CPU_FILE: cpuFile };
  const program = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'], env });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  const lines = createInterface({ input: program.stdout });
  const { port, startCpuMs } = JSON.parse(await new Promise((resolve) => lines.once('line', resolve)));
  const origin = `http://127.0.0.1:${port}`;
  const readCpu = async () => (await (await fetch(`${origin}/cpu`)).json()).cpuMs;
  const send = (howLong) =>
    autocannon({ url: origin, connections: CONNECTIONS, requests: ROUTES, ...howLong });

  return {
    /** CPU time of its process, all threads counted, until it listened. */
    startCpuMs,
    /** @param {number} ms */
    async warmUp(ms) {
      await send({ duration: ms / 1000 });
    },
    /** CPU time of its process, all threads counted, for so many requests. @param {number} amount @param {string} [first] a path */
    async answer(amount, first) {
      const before = await readCpu();
      if (first) await (await fetch(`${origin}${first}`)).text();
      const { '2xx': answered } = await send({ amount });
      if (answered !== amount)
        throw new Error(`${answered} of ${amount} requests were answered. Run it again.`);
      return (await readCpu()) - before;
    },
    /** What its watch saw, and the CPU time of memx's own process; nulls without one. */
    async stop() {
      await fetch(`${origin}/stop`).catch(() => {}); // it ends before it has closed the connection
      await ended;
      const [document, seen, cpu] = [result, evidence, cpuFile].map((file) =>
        existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null,
      );
      rmSync(folder, { recursive: true });
      return { document, evidence: seen, memxCpuMs: cpu?.cpuMs ?? null };
    },
    /** For when something went wrong. */
    kill: () => program.kill(),
  };
}
