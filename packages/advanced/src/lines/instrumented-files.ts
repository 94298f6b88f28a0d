import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { type LineWriterOptions, writeLine } from '../allocation/write-line.js';
import { instrumentSource, type SourceKind } from './instrument-source.js';
import type { SourcePositions } from './source-positions.js';

/** What the loader gave for a file. */
export interface LoadedSource {
  readonly filename: string;
  readonly code: string;
  readonly kind: SourceKind;
  readonly resistsInlining: boolean;
}

/** A file that was left as it is. */
export interface UninstrumentedFile {
  readonly filename: string;
  readonly reason: string;
}

export type LoadReport = LoadedSource | UninstrumentedFile;

/** A thread's files at line precision. Positions are worked out for the files that a profile names, when it does. */
export class InstrumentedFiles {
  #loaded = new Map<string, LoadedSource>();
  #positions = new Map<string, SourcePositions>();
  #failures = new Map<string, UninstrumentedFile>();
  #ports: MessagePort[] = [];
  #copies: LineWriterOptions | null = null;

  /** @returns the instrumented text, or the text itself when it cannot be parsed. */
  instrument(source: LoadedSource): string {
    const { code, report } = tryInstrument(source);
    this.report(report);
    return code;
  }

  /** Takes what this thread loaded. */
  report(report: LoadReport): void {
    this.add(report);
    if (this.#copies) writeLine(this.#copies, report);
  }

  /** Takes what was loaded elsewhere. */
  add(report: LoadReport): void {
    if ('code' in report && this.#loaded.get(report.filename)?.code === report.code) return; // by another thread
    this.#positions.delete(report.filename);
    if ('code' in report) this.#loaded.set(report.filename, report);
    else this.#failures.set(report.filename, report);
  }

  /** Appends what is loaded from now on as lines. */
  copyTo(copies: LineWriterOptions): void {
    this.#copies = copies;
  }

  /** Where a loader in a thread of its own posts its {@link LoadReport}s. */
  listen(port: MessagePort): void {
    port.unref();
    this.#ports.push(port);
  }

  sourceOf(filename: string): LoadedSource | null {
    this.#receive();
    return this.#loaded.get(filename) ?? null;
  }

  /** Null for a file that is not instrumented. Costs parsing it, the first time. */
  positionsOf(filename: string): SourcePositions | null {
    const source = this.sourceOf(filename);
    if (!source) return null;
    let positions = this.#positions.get(filename);
    if (!positions) {
      positions = instrumentSource(source.code, source).positions;
      this.#positions.set(filename, positions);
    }
    return positions;
  }

  listUninstrumented(): UninstrumentedFile[] {
    this.#receive();
    return [...this.#failures.values()];
  }

  #receive(): void {
    for (const port of this.#ports) {
      for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
        this.add(next.message);
    }
  }
}

/** What `register({ sourcesFd })` wrote; a last line that was cut short is left out. */
export function readInstrumentedFiles(text: string): InstrumentedFiles {
  const files = new InstrumentedFiles();
  for (const line of text.split('\n').slice(0, -1)) files.add(JSON.parse(line));
  return files;
}

export function tryInstrument(source: LoadedSource): { code: string; report: LoadReport } {
  try {
    return { code: instrumentSource(source.code, source).code, report: source };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { code: source.code, report: { filename: source.filename, reason } };
  }
}

// The ESM and the CommonJS copy of memx must agree on what is instrumented.
const SHARED = Symbol.for('memx.lines/1');
const registry = globalThis as typeof globalThis & { [SHARED]?: InstrumentedFiles };

/** The files of this thread; null before `register()`. */
export function instrumentedFiles(): InstrumentedFiles | null {
  return registry[SHARED] ?? null;
}

/** @returns null when this thread has them already. */
export function openInstrumentedFiles(): InstrumentedFiles | null {
  if (registry[SHARED]) return null;
  registry[SHARED] = new InstrumentedFiles();
  return registry[SHARED];
}
