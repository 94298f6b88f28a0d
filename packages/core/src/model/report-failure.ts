/** Hands a failure inside memx to who wants to know, and sees to it that it stops there. */
export function reportFailure(onError: ((error: unknown) => void) | undefined, error: unknown): void {
  try {
    onError?.(error);
  } catch {
    // The one who wanted to know failed too; the user's own program must not.
  }
}
