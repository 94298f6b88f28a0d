/** The text of `src/snapshot/kernel-module.ts`, compiled anew. */
export function compileKernel(): Promise<string>;
