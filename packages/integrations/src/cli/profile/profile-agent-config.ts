import type { RecordingOptions } from '@memx/advanced';

export type ProfileAgentConfig = Pick<RecordingOptions, 'samplingIntervalBytes' | 'measure' | 'exact'>;
