import { fileURLToPath } from 'node:url';
import {
  explainLeaks,
  type LeakEvidence,
  type LeakReport,
  refineEvidence,
  VerdictKeeper,
  type WatchFailure,
  type WatchOptions,
  type WatchUpdate,
} from '@memx/advanced';
import {
  type FileSelection,
  InstrumentedFiles,
  LineResolver,
  type LoadReport,
} from '@memx/advanced/lines/register';
import { launchProgram, type ProgramEnd } from '../program/launch-program.js';
import type { CheckAgentConfig } from './check-agent-config.js';

export interface CheckOptions {
  readonly script: string;
  readonly args: readonly string[];
  readonly watch: WatchOptions;
  /** Which files are instrumented; null when functions are enough. */
  readonly lines: FileSelection | null;
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
  /** What is known of the places in the program's own files. */
  readonly precision: 'line' | 'function';
  readonly failure: WatchFailure | null;
}

const AGENT_FILE = fileURLToPath(new URL('./check-agent.cjs', import.meta.url));
const LINES_AGENT_FILE = fileURLToPath(new URL('./lines-agent.cjs', import.meta.url));
/** How long a program may be out of the agent's reach at the end, before it is stopped without a last round. */
const LAST_ROUND_GRACE_MS = 10_000;

/** Runs a program under a watch, judges what it sees after every round, and stops it when the time is up. */
export async function checkProgram(options: CheckOptions): Promise<CheckResult> {
  const { script, args, watch, lines, onProgress } = options;
  const judge = new CheckJudge();
  let failure: WatchFailure | null = null;
  const config: CheckAgentConfig = { watch, lines };

  const program = launchProgram({
    script,
    args,
    agent: { file: AGENT_FILE, config, ...(lines ? { afterLoaders: LINES_AGENT_FILE } : {}) },
    onLine: (text) => {
      const line = parseLine(text);
      if (!line) return;
      if ('filename' in line) judge.addSource(line);
      else if (line.kind === 'failed') {
        failure = line.failure;
        program.stop();
      } else {
        judge.update(line);
        onProgress(line);
        if (line.kind === 'final') program.stop();
      }
    },
  });
  const overdue = setTimeout(() => program.stop(), watch.durationMs + LAST_ROUND_GRACE_MS);
  try {
    const end = await program.ended;
    return { program: end, ...(await judge.explain()), precision: lines ? 'line' : 'function', failure };
  } finally {
    clearTimeout(overdue);
  }
}

/** Turns what the program's watch sees into verdicts, at the lines of its own files. */
class CheckJudge {
  readonly #verdicts = new VerdictKeeper();
  readonly #files = new InstrumentedFiles();
  readonly #resolver = new LineResolver(this.#files);
  result: Pick<CheckResult, 'durationMs' | 'report' | 'evidence'> = {
    durationMs: 0,
    report: null,
    evidence: null,
  };

  /** The result, with the paths that hold what leaks where a snapshot was kept. */
  async explain(): Promise<CheckJudge['result']> {
    const { report, evidence } = this.result;
    if (!report || !evidence) return this.result;
    return { ...this.result, report: await explainLeaks(report, evidence) };
  }

  addSource(source: LoadReport): void {
    this.#files.add(source);
  }

  update({ elapsedMs, content }: Exclude<WatchUpdate, { kind: 'failed' }>): void {
    if (content.kind === 'report') return;
    const evidence = refineEvidence(content.evidence, (stack) => this.#resolver.resolve(stack, 'line'));
    this.result = { durationMs: elapsedMs, report: this.#verdicts.update(evidence), evidence };
  }
}

/** The last line of a killed program may be cut. */
function parseLine(line: string): WatchUpdate | LoadReport | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
