import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RegisterOptions } from '@memx/advanced/lines/register';
import { dropPreload } from '../program/agent-config.js';

export type LinesPlan = RegisterOptions;

const PLAN = Symbol.for('memx.lines-plan/1');
const registry = globalThis as typeof globalThis & { [PLAN]?: LinesPlan | undefined };

/** Instruments what the thread loads from now on, or leaves it to the agent that is still to come. */
export function planLines(plan: LinesPlan): void {
  const isToCome = dropPreload(join(__dirname, 'lines-agent.cjs'));
  if (isToCome) registry[PLAN] = plan;
  else instrument(plan);
}

/** Once. */
export function instrumentAsPlanned(): void {
  const plan = registry[PLAN];
  registry[PLAN] = undefined;
  if (plan) instrument(plan);
}

function instrument(plan: LinesPlan): void {
  // Only now: a program that is profiled by function does not pay for the parser.
  const lines: typeof import('@memx/advanced/lines/register') = createRequire(__filename)(
    '@memx/advanced/lines/register',
  );
  lines.register(plan);
}
