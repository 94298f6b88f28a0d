/**
 * What it costs to profile allocations: CPU time of a whole program under each profiler against the program alone.
 * Every round runs all in turn, each round begins with another, and ratios are made within a round: what drifts on the
 * machine falls on all alike. What a profiler costs a program that does nothing is told in milliseconds; the second ratio
 * of a cell is without that, for programs that run for longer.
 *
 * Options: `--rounds=11`, `--only=<part of a profiler's name>`, `--workload=<name>`, `--scale=1`: how many
 * seconds, about, the workloads of Node take.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, middleHalf } from '../src/alternate.mjs';
import { cpuOfCommand } from '../src/cpu-of-command.mjs';
import { printFigure } from '../src/print.mjs';
import { listProfilers } from '../src/profilers.mjs';

const WORKLOADS = ['nothing', 'mixed', 'json-web', 'allocation-loop'];
const WORKLOAD_FOLDER = fileURLToPath(new URL('../programs/workloads/', import.meta.url));

/** @param {string[]} options */
export async function bench(options) {
  const rounds = Number(optionOf(options, 'rounds') ?? 11);
  const folder = await mkdtemp(join(tmpdir(), 'memx-profile-cost-'));
  try {
    const compared = chooseProfilers(await listProfilers(folder), optionOf(options, 'only') ?? '');
    const costs = new Map();
    console.log(
      `  Medians of ${rounds} rounds: the whole (its middle half), and the whole without what a start costs.`,
    );
    const env = { ...process.env, MEMX_BENCH_SCALE: optionOf(options, 'scale') ?? '1' };
    for (const workload of chooseWorkloads(optionOf(options, 'workload'))) {
      costs.set(workload, await measureInTurn(compared, { workload, rounds, cwd: folder, env }));
      printCosts(workload, compared, costs);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function optionOf(options, name) {
  return options.find((option) => option.startsWith(`--${name}=`))?.slice(name.length + 3);
}

/** With what they are compared with. */
function chooseProfilers(profilers, part) {
  const chosen = profilers.filter(({ name, against }) => against !== null && name.includes(part));
  const bases = new Set(chosen.map(({ against }) => against));
  return profilers.filter((profiler) => bases.has(profiler.name) || chosen.includes(profiler));
}

/** What a start costs is always measured. */
function chooseWorkloads(chosen) {
  return WORKLOADS.filter((workload) => !chosen || workload === 'nothing' || workload === chosen);
}

/** @returns a Map from a profiler's name to the CPU milliseconds of each round */
async function measureInTurn(profilers, { workload, rounds, cwd, env }) {
  const times = new Map(profilers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < profilers.length; turn++) {
      const { name, extension, command, mostRounds = rounds } = profilers[(round + turn) % profilers.length];
      if (round >= mostRounds) continue;
      const file = join(WORKLOAD_FOLDER, `${workload}${extension}`);
      times.get(name).push(await cpuOfCommand([...command, file], { cwd, env }));
    }
  }
  return times;
}

function printCosts(workload, profilers, costs) {
  console.log(`\n  ${workload}`);
  for (const profiler of profilers) printFigure(`  ${profiler.name}`, cellOf(profiler, costs, workload));
}

function cellOf({ name, against }, costs, workload) {
  const own = costs.get(workload).get(name);
  if (against === null) return `${median(own).toFixed(0)} ms`;
  const plain = costs.get(workload).get(against);
  const starting = costs.get('nothing');
  if (workload === 'nothing')
    return `+${median(own.map((cpuMs, round) => cpuMs - plain[round])).toFixed(0)} ms`;
  const ratios = own.map((cpuMs, round) => cpuMs / plain[round]);
  const [low, high] = middleHalf(ratios).map((ratio) => ratio.toFixed(2));
  const startMs = { own: median(starting.get(name)), plain: median(starting.get(against)) };
  const rest = own.map((cpuMs, round) => (cpuMs - startMs.own) / (plain[round] - startMs.plain));
  return `${median(ratios).toFixed(2)} (${low}–${high}) ${median(rest).toFixed(3)}`;
}
