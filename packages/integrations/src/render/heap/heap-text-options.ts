import type pico from 'picocolors';

/** How to render for people. */
export interface HeapTextOptions {
  readonly columns: number;
  readonly colors: boolean;
  /** Paths are printed relative to this folder. */
  readonly cwd: string;
}

export interface HeapTextContext extends HeapTextOptions {
  readonly paint: ReturnType<typeof pico.createColors>;
}
