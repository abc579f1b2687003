/**
 * How far each system is harvested, as it is told.
 * @see store/source-state.ts
 */
import type { SourceState } from '../store/source-state.ts';

/** One system. */
export interface SourceView {
  readonly system: string;
  readonly state: SourceState['state'];
  readonly since: string | null;
  readonly epoch: string | null;
  readonly position: number;
  readonly head: number | null;
  readonly lag: number | null;
  readonly heardAt: string | null;
  readonly faultCode: string | null;
  readonly faultZh: string | null;
  readonly faultEn: string | null;
  readonly failures: number;
  readonly retryAt: string | null;
  readonly clockOffsetMs: number | null;
}

/** @returns The source as it is told; instants are canonical. */
export function sourceView({ system, state, since, epoch, position, head, fault, failures, ...rest }: SourceState): SourceView {
  const heard = rest.heardAt !== null;
  return {
    system,
    state,
    since,
    epoch,
    position,
    head: heard ? head : null,
    lag: heard ? Math.max(0, head - position) : null,
    heardAt: rest.heardAt,
    faultCode: fault?.code ?? null,
    faultZh: fault?.zh ?? null,
    faultEn: fault?.en ?? null,
    failures,
    retryAt: rest.retryAt,
    clockOffsetMs: rest.offsetMs === null ? null : Math.round(rest.offsetMs),
  };
}
