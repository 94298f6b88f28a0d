import { relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { type MemorySample, MemorySeries, MemxError, openPidSource, type PidSource } from '@memx/core';
import { launchProgram, type ProgramEnd } from '../program/launch-program.js';
import { decodeSampleLine, type RunAgentConfig } from './sample-line.js';

export interface RunOptions {
  readonly script: string;
  readonly args: readonly string[];
  readonly intervalMs: number;
  readonly onSample: (sample: MemorySample) => void;
}

const AGENT_FILE = fileURLToPath(new URL('./run-agent.cjs', import.meta.url));
const MAX_SAMPLES = 20_000;

/**
 * Runs a program and records its memory: the resident set from outside, so that it goes on in synchronous code and
 * up to a kill, and the heap from inside.
 */
export async function runProgram(
  options: RunOptions,
): Promise<{ end: ProgramEnd; series: MemorySeries | null }> {
  const { script, args, intervalMs, onSample } = options;
  let samples: MemorySample[] = [];
  const keep = (sample: MemorySample | null) => {
    if (!sample) return;
    samples.push(sample);
    if (samples.length === MAX_SAMPLES) samples = halve(samples);
    onSample(sample);
  };
  const config: RunAgentConfig = { intervalMs };
  const program = launchProgram({
    script,
    args,
    agent: { file: AGENT_FILE, config },
    onLine: (line) => keep(decodeSampleLine(line, performance.timeOrigin)),
  });
  using source = openSource(program.pid);
  const timer = setInterval(() => keep(source?.read() ?? null), intervalMs);
  try {
    const end = await program.ended;
    return { end, series: toSeries(samples, script) };
  } finally {
    clearInterval(timer);
  }
}

function toSeries(samples: readonly MemorySample[], script: string): MemorySeries | null {
  if (samples.length === 0) return null;
  const firstMs = Math.min(...samples.map(({ timeMs }) => timeMs));
  return MemorySeries.fromSamples(samples, {
    label: relative(process.cwd(), script),
    startedAtEpochMs: performance.timeOrigin + firstMs,
  });
}

/** Where there is no procfs, the agent's own samples are all. */
function openSource(pid: number): PidSource | undefined {
  try {
    return openPidSource(pid);
  } catch (error) {
    if (error instanceof MemxError) return undefined;
    throw error;
  }
}

/** Of two neighbours, the one with the higher resident set stays: peaks survive. */
function halve(samples: readonly MemorySample[]): MemorySample[] {
  return samples.filter((sample, index) => {
    const neighbour = samples[index ^ 1];
    if (!neighbour || sample.rssBytes === neighbour.rssBytes) return index % 2 === 0;
    return sample.rssBytes > neighbour.rssBytes;
  });
}
