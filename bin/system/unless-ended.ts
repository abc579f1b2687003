/**
 * What breaks because everything is being closed is no fault.
 */

/** Runs it, and keeps quiet about what it throws once the signal says that this process ends. */
export async function unlessEnded(signal: AbortSignal, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}
