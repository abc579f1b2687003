/**
 * Asks many generated probes and judges every answer.
 */
import { encodeSystemCursor, orderName, plural } from '@hub/schema';

import { dice } from '../../support/dice.ts';
import { at, listAt } from '../../support/parse-json.ts';
import type { Level } from '../../support/query/law-schema.ts';
import type { World } from '../plant/world.ts';
import { type Caller, callerNamed, usualCallers } from './callers.ts';
import { type Source, generateProbe } from './generate-probe.ts';
import { type Verdict, judge } from './judge.ts';
import { type Probe, allTargets } from './probe.ts';
import { type Answered, type Asker, errorCodesIn, parsed, requestOf, transports } from './send.ts';

/** Which probes to ask, and when. */
export interface Run {
  readonly callers: readonly Caller[];
  /** When the systems' clocks stand, and when they are believed to stand. */
  readonly nowMs: number;
  readonly believedMs?: number;
  readonly seeds: readonly number[];
  /** Asks; the world's own gateway when nothing else is given. */
  readonly ask?: Asker;
}

/** One probe and its verdict. */
export interface Judged extends Verdict {
  readonly probe: Probe;
  readonly caller: Caller;
  readonly nowMs: number;
  readonly refused: boolean;
  /** How many errors the answer has: they are searched for secrets like the rest of it. */
  readonly errors: number;
}

/** The usual caller of each level. */
export const nameOf = { PUBLIC: 'anonymous', GOVERNMENT: 'government', RESTRICTED: 'restricted' } as const satisfies Readonly<
  Record<Level, string>
>;

const atOnce = 4;

/** @returns What probes of this world are made from. */
export async function sourceOf(world: World, callers: readonly Caller[]): Promise<Source> {
  const { ids, codes, secrets } = world;
  const restricted = callerNamed(callers, 'restricted');
  const questions = [
    '{ notices(first: 3) { edges { cursor } } deals(first: 3, filter: { unifiedDealCode: { in: [] } }) { edges { cursor } } }',
    // Of lists that are ordered by what not everybody may read.
    ...allTargets()
      .filter(({ field }) => field.orderable)
      .map(({ dataset, field }) => `{ ${plural(dataset.type)}(first: 3, order: ${orderName(field.name)}_DESC) { edges { cursor } } }`),
  ];
  await world.setClock(Date.parse('2099-01-01T00:00:00Z'));
  const answers = await Promise.all(questions.map((query) => world.ask(requestOf({ query, variables: {} }), restricted)));
  const [id = ''] = ids.get('Bid') ?? [];
  const forged = [
    ['2099-01-01T00:00:00.000000Z', id],
    [null, id],
    ['7', 'x'],
  ] as const;
  return {
    ids,
    codes,
    targets: allTargets(),
    secrets: Map.groupBy(secrets, (secret) => secret.at.split(' ')[0] ?? ''),
    cursors: [...answers.flatMap(cursorsIn), ...forged.map(encodeSystemCursor), '', 'null', 'AAAA', 'A'.repeat(70_000)],
  };
}

/** @returns The verdicts, in the order of the seeds. */
export async function runProbes(world: World, source: Source, run: Run): Promise<readonly Judged[]> {
  await world.setClock(run.nowMs);
  const judged: Judged[] = [];
  for (let start = 0; start < run.seeds.length; start += atOnce) {
    judged.push(...(await Promise.all(run.seeds.slice(start, start + atOnce).map((seed) => runProbe(world, { seed, source, run })))));
  }
  return judged;
}

async function runProbe(
  world: World,
  { seed, source, run }: { readonly seed: number; readonly source: Source; readonly run: Run },
): Promise<Judged> {
  const { callers, nowMs, believedMs = nowMs, ask = world.ask } = run;
  const probe = generateProbe(seed, source);
  const throws = dice(seed ^ 0x5eed);
  const caller = throws.pick(throws.chance(0.75) ? callers.slice(0, usualCallers) : callers);
  // A question of this length still fits into an address.
  const transport = throws.chance(0.6) || probe.query.length > 3000 ? 'post' : throws.pick(transports);
  const answer = await ask(requestOf(probe, transport), caller);
  return {
    probe,
    caller,
    nowMs,
    refused: answer.status === 403,
    errors: errorCodesIn(answer).length,
    ...judge(probe, { caller, nowMs: believedMs, index: world.index, answer }),
  };
}

function cursorsIn({ text }: Answered): readonly string[] {
  const data = at(parsed(text), 'data');
  const lists = typeof data === 'object' && data !== null ? Object.values(data) : [];
  return lists.flatMap((list: unknown) =>
    listAt(list, 'edges').flatMap((edge) => (typeof at(edge, 'cursor') === 'string' ? [String(at(edge, 'cursor'))] : [])),
  );
}
