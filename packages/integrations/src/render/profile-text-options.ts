export interface ProfileTextOptions {
  readonly columns: number;
  readonly colors: boolean;
  /** Paths are printed relative to this folder. */
  readonly cwd: string;
  /** How many functions are listed. */
  readonly top: number;
  /** The text of a line (1-based) of a source file, where it can be read. */
  readonly sourceLineOf?: (filename: string, line: number) => string | null;
}
