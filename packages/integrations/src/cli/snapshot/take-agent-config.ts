/** When a program that memx runs is to write its heap. */
export type TakeMoment =
  | { readonly kind: 'exit' }
  | { readonly kind: 'after'; readonly delayMs: number }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals };

export interface TakeAgentConfig {
  readonly moment: TakeMoment;
  /** An absolute path: the program may change its folder. */
  readonly output: string;
  readonly force: boolean;
}

/** What the agent tells, a line each. */
export type TakeAgentLine =
  | { readonly kind: 'taken'; readonly writtenBytes: number; readonly pauseMs: number }
  /** The text waits there, to be packed by memx. */
  | { readonly kind: 'spooled'; readonly spool: string; readonly pauseMs: number }
  | { readonly kind: 'failed'; readonly message: string };
