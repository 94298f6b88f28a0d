/** `@memx/advanced/redact`: the redaction alone, for whoever counts the megabytes that loading the whole package takes. */
export { type RedactedSnapshot, type RedactSnapshotOptions, redactSnapshot } from './redact-snapshot.js';
export type { RedactionLevel } from './redaction-level.js';
