/**
 * The last line of a test run, in the form build servers read: «N passed, N failed», «, N skipped» where there are any.
 * @see design/toolchain.md «Vitest's closing line»
 */
import type { Reporter, TestModule } from 'vitest/node';

type Outcome = 'passed' | 'failed' | 'skipped';

/** Counts what ran: a file that cannot be loaded, and an error nobody caught, each count as one failure. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count: Record<Outcome, number> = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      count.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state === 'pending' ? 'failed' : state] += 1;
      }
    }
    const skipped = count.skipped === 0 ? '' : `, ${count.skipped} skipped`;
    // After the summary of the reporter before this one, which is written in the same tick.
    process.stdout.write(`${count.passed} passed, ${count.failed} failed${skipped}\n`);
  }
}
