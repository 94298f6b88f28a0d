/** Takes what went wrong inside memx or in a callback of its user. */
export type ErrorSink = (error: unknown) => void;

/** Runs a step that must not disturb its caller. What it throws or rejects goes to `onError`; the answer is then undefined. */
export function guard<T>(onError: ErrorSink, step: () => T): T | undefined {
  try {
    const result = step();
    if (result instanceof Promise) result.catch((error) => report(onError, error));
    return result;
  } catch (error) {
    report(onError, error);
    return undefined;
  }
}

function report(onError: ErrorSink, error: unknown): void {
  try {
    onError(error);
  } catch {
    // A failing error handler has no one left to tell.
  }
}
