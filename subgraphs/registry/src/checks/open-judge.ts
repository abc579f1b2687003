/** placeholder */
import type { Judge } from './judge.ts';
export function openJudge(): AsyncDisposable & { judge: Judge } {
  return { judge: async () => ({ passed: true, findings: [], durationMs: 0 }), [Symbol.asyncDispose]: async () => {} };
}
