import type { WatchOptions } from '@memx/advanced/agent';
import type { FileSelection } from '@memx/advanced/lines/register';
import type { CallPlan } from '../call/call-plan.js';

export interface CheckAgentConfig {
  readonly watch: WatchOptions;
  /** Which files are instrumented; null when functions are enough. */
  readonly lines: FileSelection | null;
  /** Whether buffers and the memory of WebAssembly are sampled with their stacks. */
  readonly external: boolean;
  readonly begin: WatchBegin;
}

/** When the watch begins: at once, when the program's server listens, or with the first call. */
export type WatchBegin =
  | { readonly kind: 'start' }
  /** `countServed`: the program tells how many requests it answered. */
  | { readonly kind: 'listening'; readonly countServed: boolean }
  | { readonly kind: 'call'; readonly plan: CallPlan };
