/**
 * How a system stands, from what the registry says, what the gateway routes by and what the system itself answered: pure.
 * The registry says who there is; whether somebody answers, the gateway knows best.
 */
import type { SystemRow } from '../../route/table.ts';
import type { Freshness } from './freshness.ts';
import type { Registered } from './registered.ts';

/** In one word. */
export type Standing = 'answering' | 'away' | 'unknown' | 'withdrawn' | 'onboarding';

/** A system as the page shows it. */
export interface ShownSystem {
  readonly code: string;
  readonly name: string;
  readonly standing: Standing;
  readonly contracts: readonly string[];
  /** As the registry has it; undefined while it does not answer. */
  readonly registered: Registered | undefined;
  /** Why it does not answer and since when, as far as that is known. */
  readonly away: { readonly reason: string | undefined; readonly since: string | undefined } | undefined;
  /** When its newest record was received; ISO 8601. */
  readonly receivedAt: string | undefined;
  /** When it last answered this gateway or another; ISO 8601. */
  readonly lastContactAt: string | undefined;
  /** Other gateways get no answer. */
  readonly unsteady: boolean;
}

/** What a gateway knows of a system by itself; times in ISO 8601. */
export interface OwnHealth {
  readonly contactAt: string | undefined;
  /** It gave the system up for the time being. */
  readonly away: boolean;
  readonly trouble: { readonly reason: string; readonly since: string } | undefined;
}

/** What the page is made from. */
export interface Known {
  /** Undefined: the registry does not answer. */
  readonly registered: readonly Registered[] | undefined;
  readonly rows: readonly SystemRow[];
  readonly freshness: ReadonlyMap<string, Freshness>;
  /** What this gateway’s own health of a system says. */
  readonly healthOf: (code: string) => OwnHealth | undefined;
}

/** @returns All systems by code. */
export function standingsOf({ registered, rows, freshness, healthOf }: Known): readonly ShownSystem[] {
  const routed = new Map(rows.map((row) => [row.code, row]));
  const codes = registered === undefined ? rows.map(({ code }) => code) : registered.map(({ code }) => code);
  const told = new Map(registered?.map((one) => [one.code, one]));
  return codes
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((code): ShownSystem => {
      const [row, known, fresh] = [routed.get(code), told.get(code), freshness.get(code)];
      const own = healthOf(code);
      const standing = standingOf({ row, known, fresh, own });
      const health = known?.health ?? undefined;
      return {
        code,
        name: known?.name ?? row?.name ?? code,
        standing,
        contracts: known?.contracts ?? row?.contracts ?? [],
        registered: known,
        away:
          standing === 'away' ? { reason: fresh?.reason ?? own?.trouble?.reason, since: fresh?.since ?? own?.trouble?.since } : undefined,
        // Who left is asked no more: what it said last is nobody's news.
        receivedAt: standing === 'withdrawn' ? undefined : fresh?.receivedAt,
        lastContactAt: later(own?.contactAt, known?.lastContactAt ?? undefined),
        unsteady: standing === 'answering' && (health === 'UNSTEADY' || health === 'AWAY'),
      };
    });
}

interface Facts {
  readonly row: SystemRow | undefined;
  readonly known: Registered | undefined;
  readonly fresh: Freshness | undefined;
  readonly own: OwnHealth | undefined;
}

function standingOf({ row, known, fresh, own }: Facts): Standing {
  if (known?.state === 'DRAFT') return 'onboarding';
  if (known?.state === 'WITHDRAWN' || row?.state === 'withdrawn') return 'withdrawn';
  // Published a moment ago: the routing table is on its way.
  if (row === undefined || fresh === undefined) return known?.health === 'AWAY' ? 'away' : 'unknown';
  return fresh.answered && own?.away !== true ? 'answering' : 'away';
}

function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(one) >= Date.parse(other) ? one : other;
}

/** A step on the way into the graph. */
export interface Step {
  readonly zh: string;
  readonly en: string;
  readonly done: boolean;
}

/** @returns The five steps; undefined when the registry does not answer. */
export function stepsOf({ registered, standing }: ShownSystem): readonly Step[] | undefined {
  if (registered === undefined) return undefined;
  const { onboarding, version, state } = registered;
  const reached = ['REGISTERED', 'KEY_KNOWN', 'CHECKED', 'PUBLISHED', 'LIVE'].indexOf(onboarding ?? 'REGISTERED');
  const out = state === 'WITHDRAWN';
  return [
    { zh: '登记', en: 'Registered', done: true },
    { zh: '密钥', en: 'Key', done: out || reached >= 1 },
    { zh: '检查', en: 'Checked', done: typeof version === 'number' || reached === 2 },
    { zh: '发布', en: 'Published', done: state === 'PUBLISHED' },
    { zh: '作答', en: 'Answers', done: standing === 'answering' || (state === 'PUBLISHED' && reached === 4) },
  ];
}
