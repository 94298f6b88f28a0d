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
import type { CallExpression } from '../call/call-plan.js';
import type { LoadPlan } from '../load/parse-load.js';
import { launchProgram, type ProgramEnd } from '../program/launch-program.js';
import type { CheckAgentConfig, WatchBegin } from './check-agent-config.js';
import { type CheckLine, parseCheckLine } from './check-line.js';
import { ProgramWork, type WorkDone } from './program-work.js';

export interface CheckOptions {
  readonly script: string;
  readonly args: readonly string[];
  readonly watch: WatchOptions;
  /** Which files are instrumented; null when functions are enough. */
  readonly lines: FileSelection | null;
  /** Whether the program's buffers are sampled with their stacks. */
  readonly external: boolean;
  /** What the program does while it is watched, beside what it does by itself. */
  readonly work: GivenWork | null;
  readonly onProgress: (progress: { elapsedMs: number; heapUsedBytes: number }) => void;
}

/** Requests to the program's server, or calls of a function that it exports. */
export type GivenWork =
  | { readonly kind: 'load'; readonly loads: readonly LoadPlan[] }
  | { readonly kind: 'call'; readonly expression: CallExpression; readonly rounds: number | null };

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
  /** Null where no work was given. */
  readonly work: WorkDone | null;
  readonly failure: WatchFailure | null;
}

const AGENT_FILE = fileURLToPath(new URL('./check-agent.cjs', import.meta.url));
const LINES_AGENT_FILE = fileURLToPath(new URL('./lines-agent.cjs', import.meta.url));
/** How long a program may be out of the agent's reach at the end, before it is stopped without a last round. */
const LAST_ROUND_GRACE_MS = 10_000;
const CALL_AGENT_FILE = fileURLToPath(new URL('./call-agent.js', import.meta.url));
/** How long a program may take until its server listens, or its module is imported. */
const READY_LIMIT_MS = 60_000;

/** Runs a program under a watch, judges what it sees after every round, and stops it when the time is up. */
export async function checkProgram(options: CheckOptions): Promise<CheckResult> {
  const { script, args, watch, lines, external, work, onProgress } = options;
  const judge = new CheckJudge();
  using given = work && startWork(work, watch.durationMs);
  let failure: WatchFailure | null = null;
  let isDecided = false;
  const config: CheckAgentConfig = {
    watch,
    lines: lines && ownLines(lines),
    external,
    begin: beginOf(options),
  };

  const program = launchProgram({
    script: work?.kind === 'call' ? CALL_AGENT_FILE : script,
    args,
    agent: { file: AGENT_FILE, config, ...(lines ? { afterLoaders: LINES_AGENT_FILE } : {}) },
    onLine: (text) => {
      const line = parseCheckLine(text);
      if (line && 'filename' in line) judge.addSource(line);
      else if (line) take(line);
    },
  });
  const take = (line: Exclude<CheckLine, LoadReport>) => {
    switch (line.kind) {
      case 'failed':
        failure = line.failure;
        program.stop();
        break;
      case 'call-failed':
        failure = { code: 'ERR_MEMX_PROGRAM', message: `${line.message}.`, remedy: '' };
        break;
      case 'listening':
        given?.begin(line.server);
        stopAfter(watch.durationMs);
        break;
      case 'work':
        given?.told(line);
        break;
      case 'round':
      case 'final':
        if (isDecided) break; // it has some time to end
        given?.align(line.elapsedMs);
        judge.update(line);
        onProgress(line);
        isDecided = line.kind === 'final' || (watch.untilSure && judge.isSure);
        if (!isDecided) break;
        given?.end(); // requests to a program that is ending would fail
        program.stop();
    }
  };
  let overdue: NodeJS.Timeout | undefined;
  const stopAfter = (ms: number) => {
    clearTimeout(overdue);
    overdue = setTimeout(() => program.stop(), ms + LAST_ROUND_GRACE_MS);
  };
  stopAfter(watch.durationMs + (work === null ? 0 : READY_LIMIT_MS));
  try {
    const end = await program.ended;
    given?.end();
    const result = await judge.explain();
    const done = given?.summarize(result.evidence) ?? null;
    return { program: end, ...result, precision: lines ? 'line' : 'function', work: done, failure };
  } finally {
    clearTimeout(overdue);
  }
}

/** The program that calls is memx's own. */
function ownLines(lines: FileSelection): FileSelection {
  return { ...lines, exclude: [...(lines.exclude ?? []), CALL_AGENT_FILE] };
}

function startWork(work: GivenWork, durationMs: number): ProgramWork {
  return work.kind === 'call'
    ? new ProgramWork({ unit: 'call', loads: [], durationMs })
    : new ProgramWork({ unit: 'request', loads: work.loads, durationMs });
}

function beginOf({ script, watch: { durationMs }, work }: CheckOptions): WatchBegin {
  switch (work?.kind) {
    case undefined:
      return { kind: 'start' };
    case 'load':
      return { kind: 'listening', countServed: work.loads.some(({ kind }) => kind === 'command') };
    case 'call': {
      const { expression, rounds } = work;
      return { kind: 'call', plan: { module: script, expression, durationMs, rounds } };
    }
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

  get isSure(): boolean {
    return this.result.report?.sureAtMs != null;
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
