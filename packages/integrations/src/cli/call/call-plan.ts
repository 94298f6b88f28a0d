/** A function among a module's exports, and the source text of its arguments. */
export interface CallExpression {
  readonly path: readonly string[];
  readonly args: string;
}

/** What the program that calls is told. */
export interface CallPlan {
  /** Path of the file. */
  readonly module: string;
  readonly expression: CallExpression;
  readonly durationMs: number;
  /** Null for as many as the time allows. */
  readonly rounds: number | null;
}

/** How the agent, which comes first and alone can reach memx, hands over to the program that calls. */
export interface CallContext {
  readonly plan: CallPlan;
  /** Begins the watch. */
  readonly begin: () => void;
  readonly report: (done: number) => void;
  readonly fail: (message: string) => void;
}

const CONTEXT = Symbol.for('memx.call/1');
const registry = globalThis as typeof globalThis & { [CONTEXT]?: CallContext | undefined };

export function leaveCallContext(context: CallContext): void {
  registry[CONTEXT] = context;
}

/** Takes it away, so that the module does not see it. */
export function takeCallContext(): CallContext | null {
  const context = registry[CONTEXT] ?? null;
  delete registry[CONTEXT];
  return context;
}
