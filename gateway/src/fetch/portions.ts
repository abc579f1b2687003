/**
 * Gets a page of a list out of many systems: a portion from each, then the rest from those that turn out to have more on the
 * page. One that fails the second time counts as away with all it gave: the next page brings its rows late.
 * @see design/partitioning.md «Page»; gateway/README.md «Pages in portions»
 */
import type { compareKeys, SortKey } from '@hub/schema';

import { mergePage, type Page, placeOf, type Position } from '../merge/page.ts';
import { portionOf, shortSystems } from '../merge/portion.ts';
import type { SystemRow } from '../route/table.ts';
import { type Asking, askLive, askRound, type Round, withAnswers } from './ask.ts';
import type { Row, SystemPage } from './system-page.ts';

/** What one system is asked for. */
export interface Want {
  readonly first: number;
  readonly after: SortKey | undefined;
}

/** One page of one list. */
export interface PageQuestion {
  readonly scope: readonly SystemRow[];
  readonly position: Position;
  readonly size: number;
  readonly compare: ReturnType<typeof compareKeys>;
  /** Without rows only a count is asked for. */
  readonly wantsRows: boolean;
  /** How each system is asked for what is wanted of it. */
  readonly asking: (want: (system: string) => Want) => Asking<SystemPage>;
}

/** @throws HubError as `askLive` */
export async function fetchPage(question: PageQuestion): Promise<{ readonly page: Page<Row>; readonly round: Round<SystemPage> }> {
  const { scope, position, size, asking } = question;
  const published = scope.filter(({ state }) => state === 'published').length;
  const first = question.wantsRows ? portionOf(size, published) : 1;
  let round = await askLive(
    scope,
    asking((system) => ({ first, after: placeOf(position, system) })),
  );
  // The rest of a system is asked for once; only a system lost meanwhile makes others short. So rounds are no more than systems.
  for (let rounds = 0; rounds <= scope.length + 1; rounds++) {
    const page = merge(round, question);
    const short = shortSystems(page, round.answers, size);
    if (short.size === 0) return { page, round };
    const rest = await askRound(
      scope.filter(({ code }) => short.has(code)),
      asking((system) => {
        const rows = short.get(system) ?? [];
        return { first: size + 1 - rows.length, after: rows.at(-1)?.key };
      }),
    );
    round = withAnswers(scope, continued(round, rest));
  }
  throw new RangeError('A page was not complete after every system had been asked for its rest.');
}

function merge(round: Round<SystemPage>, { scope, position, size, compare }: PageQuestion): Page<Row> {
  const inState = (state: SystemRow['state']): readonly string[] =>
    scope.filter((row) => row.state === state && !round.answers.has(row.code)).map(({ code }) => code);
  return mergePage({
    position,
    size,
    answers: new Map([...round.answers].map(([system, { rows }]) => [system, rows])),
    away: inState('published'),
    withdrawn: inState('withdrawn'),
    compare,
  });
}

function continued(before: Round<SystemPage>, rest: Round<SystemPage>): Round<SystemPage> {
  const answers = new Map(before.answers);
  for (const { system } of rest.absent) answers.delete(system.code);
  for (const [system, { rows, full }] of rest.answers) {
    const had = before.answers.get(system);
    if (had !== undefined) answers.set(system, { ...had, rows: [...had.rows, ...rows], full });
  }
  return { answers, absent: [...before.absent, ...rest.absent], faults: [...before.faults, ...rest.faults] };
}
