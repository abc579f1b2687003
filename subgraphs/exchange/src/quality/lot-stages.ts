/**
 * Which stage of which lots a record tells of, as the contracts' @notice says; and which stages a lot of a trade ought to have.
 * @see standard/exchange.md 9 «for each project, which stages are present»; schema/directives.graphql @notice
 */
import { type BoardMapping, type Contract, type Dataset, type WireFields, wireItems, wireValue } from '@hub/schema';

/** The stage that ends a lot: with it, the stages before it ought to be there. */
export const outcome = 'AWARD';
/** Every lot goes through those that its trade knows; others happen to some lots only. */
const expected: readonly string[] = ['TENDER', 'OPENING', 'CANDIDATES', outcome];

/** One stage of one lot. */
export interface LotStage {
  readonly lot: string;
  readonly stage: string;
}

/** @returns The stages that a lot of the contract ought to have, in their order. */
export function expectedStages({ datasets }: Pick<Contract, 'datasets'>): readonly string[] {
  const known = new Set(datasets.map(({ notice }) => notice?.['stage']));
  return expected.filter((stage) => known.has(stage));
}

/** @returns What a record that is put tells of lots; nothing for a record that is no notice or names no lot. */
export function lotStages({ notice, fields }: Dataset, sent: WireFields): readonly LotStage[] {
  if (notice === undefined) return [];
  const items = (name: unknown): readonly string[] => {
    const code = fields.find((field) => field.name === name)?.wire[0]?.code;
    return code === undefined ? [] : wireItems(wireValue(sent, code)).filter((item) => item !== '');
  };
  const stage = stageOf(notice, items(notice['stageBy'])[0]);
  const [project] = items(notice['lotsIn']);
  return [...new Set(items(notice['lots']))].map((lot) => ({
    lot: (project === undefined ? lot : `${project}/${lot}`).toUpperCase().slice(0, longestLot),
    stage,
  }));
}

const longestLot = 200;

function stageOf({ stage, stages }: BoardMapping, code: string | undefined): string {
  const pairs: readonly string[] = Array.isArray(stages) ? stages.map(String) : [];
  const other = pairs.find((pair) => code !== undefined && pair.startsWith(`${code}=`));
  return other?.slice(other.indexOf('=') + 1) ?? String(stage);
}
