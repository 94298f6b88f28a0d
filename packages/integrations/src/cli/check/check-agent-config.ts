import type { WatchOptions } from '@memx/advanced/agent';
import type { FileSelection } from '@memx/advanced/lines/register';

export interface CheckAgentConfig {
  readonly watch: WatchOptions;
  /** Which files are instrumented; null when functions are enough. */
  readonly lines: FileSelection | null;
}
