import type { WatchOptions } from '@memx/advanced';

export interface CheckAgentConfig {
  readonly watch: WatchOptions;
}
