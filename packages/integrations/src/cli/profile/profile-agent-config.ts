import type { RecordingOptions } from '@memx/advanced/agent';
import type { FileSelection } from '@memx/advanced/lines/register';

export interface ProfileAgentConfig
  extends Pick<RecordingOptions, 'samplingIntervalBytes' | 'measure' | 'exact' | 'externalMemory'> {
  /** Which files are instrumented; null when functions are enough. */
  readonly lines: FileSelection | null;
}
