import { fileURLToPath } from 'node:url';
import type { LeakEvidence, LeakReport, WatchFailure, WatchOptions, WatchUpdate } from '@memx/advanced';
import { launchProgram, type ProgramEnd } from '../program/launch-program.js';
import type { CheckAgentConfig } from './check-agent-config.js';

export interface CheckOptions {
  readonly script: string;
  readonly args: readonly string[];
  readonly watch: WatchOptions;
  readonly onProgress: (progress: { elapsedMs: number; heapUsedBytes: number }) => void;
}

/** What a check saw, until the program ended or the time was up. */
export interface CheckResult {
  readonly program: ProgramEnd;
  /** How long the program was watched. */
  readonly durationMs: number;
  /** Of the last round; null when the program ended before the first one. */
  readonly report: LeakReport | null;
  readonly evidence: LeakEvidence | null;
  readonly failure: WatchFailure | null;
}

const AGENT_FILE = fileURLToPath(new URL('./check-agent.cjs', import.meta.url));
/** How long a program may be out of the agent's reach at the end, before it is stopped without a last round. */
const LAST_ROUND_GRACE_MS = 10_000;

/** Runs a program under a watch, and stops it when the time is up. */
export async function checkProgram({ script, args, watch, onProgress }: CheckOptions): Promise<CheckResult> {
  let latest: Exclude<WatchUpdate, { kind: 'failed' }> | null = null;
  let failure: WatchFailure | null = null;
  const config: CheckAgentConfig = { watch };

  const program = launchProgram({
    script,
    args,
    agent: { file: AGENT_FILE, config },
    onLine: (line) => {
      const update = parseUpdate(line);
      if (update?.kind === 'failed') {
        failure = update.failure;
        program.stop();
      } else if (update) {
        latest = update;
        onProgress(update);
        if (update.kind === 'final') program.stop();
      }
    },
  });
  const overdue = setTimeout(() => program.stop(), watch.durationMs + LAST_ROUND_GRACE_MS);
  try {
    const end = await program.ended;
    const { elapsedMs = 0, report = null, evidence = null } = latest ?? {};
    return { program: end, durationMs: elapsedMs, report, evidence, failure };
  } finally {
    clearTimeout(overdue);
  }
}

/** The last line of a killed program may be cut. */
function parseUpdate(line: string): WatchUpdate | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
