/**
 * How far each system is harvested, as it is told.
 * @see store/source-state.ts
 */
import { clockSlackMs } from '../harvest/clock-offset.ts';
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
  /** CLOCK_OFF; null: nothing is to be seen to. */
  readonly warningCode: string | null;
  readonly warningZh: string | null;
  readonly warningEn: string | null;
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
    ...warningOf(rest.offsetMs ?? 0),
  };
}

/** A clock that is off stops nothing, and somebody should set it. */
function warningOf(offsetMs: number): Pick<SourceView, 'warningCode' | 'warningZh' | 'warningEn'> {
  if (Math.abs(offsetMs) <= clockSlackMs) return { warningCode: null, warningZh: null, warningEn: null };
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const [zh, en] = offsetMs > 0 ? ['快', 'ahead of'] : ['慢', 'behind'];
  return {
    warningCode: 'CLOCK_OFF',
    warningZh: `它的时钟比枢纽${zh}约 ${minutes} 分钟，签名会因此被拒：请让它校时（NTP）；各系统都这样的，是枢纽的时钟不准。`,
    warningEn: `Its clock is some ${minutes} min ${en} the hub's, and signatures are refused for that: have it set its clock (NTP); where all systems are off, it is the hub's clock.`,
  };
}
