import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RegisterOptions } from '@memx/advanced/lines/register';
import { dropPreload } from '../program/agent-config.js';

type Lines = typeof import('@memx/advanced/lines/register');

const PLAN = Symbol.for('memx.lines-plan/1');
const registry = globalThis as typeof globalThis & { [PLAN]?: (() => void) | undefined };

/** Instruments what the thread loads from now on, or leaves it to the agent that is still to come. */
export function planLines(plan: RegisterOptions): void {
  // Only here: a program that is profiled by function does not pay for the parser.
  const { register }: Lines = createRequire(__filename)('@memx/advanced/lines/register');
  const isToCome = dropPreload(join(__dirname, 'lines-agent.cjs'));
  if (isToCome) registry[PLAN] = () => register(plan);
  else register(plan);
}

/** Once. */
export function instrumentAsPlanned(): void {
  registry[PLAN]?.();
  registry[PLAN] = undefined;
}
