export { type ManualTicker, manualTicker } from './manual-ticker.js';
export { endSampler, type SamplerStatus, samplerStatus } from './sampler-status.js';
export { type ScriptedSample, type ScriptedSource, scriptedSource } from './scripted-source.js';
