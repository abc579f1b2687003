/**
 * Questions about contracts and their releases; whoever has a key may ask.
 * @see control.graphql
 */
import type { ControlContext } from '../control/context.ts';
import { refused } from '../control/refused.ts';
import { systemEntity } from '../store/entities.ts';
import { releaseEntity } from './release-entity.ts';
import { type ContractView, contractView, releaseView, type ReleaseView } from './views.ts';

interface ContractInForce extends ContractView {
  readonly systems: readonly string[];
  readonly since: string;
  readonly release: number;
}

const maxReleases = 100;

/** Resolvers of `Query`. */
export const contractQueries = {
  contracts: (_: unknown, { store, book }: ControlContext): Promise<readonly ContractInForce[]> =>
    store.read(async (em) => {
      const { row } = await book.inForce(em);
      const systems = await em.find(systemEntity, { state: 'PUBLISHED' }, { orderBy: { code: 'asc' } });
      const numbers = row.contracts.map(({ release }) => release);
      const releases = await em.find(releaseEntity, { number: { $in: numbers } }, { fields: ['number', 'inForceAt', 'proposedAt'] });
      const sinceOf = new Map(releases.map(({ number, inForceAt, proposedAt }) => [number, inForceAt ?? proposedAt]));
      return row.contracts.map((contract) => ({
        ...contractView(contract, store),
        systems: systems.filter(({ contracts }) => contracts.includes(contract.name)).map(({ code }) => code),
        since: (sinceOf.get(contract.release) ?? row.proposedAt).toISOString(),
        release: contract.release,
      }));
    }),

  contractReleases: ({ last }: { readonly last: number }, { store, actor }: ControlContext): Promise<readonly ReleaseView[]> => {
    if (last < 1 || last > maxReleases) {
      throw refused(`条数应为 1–${maxReleases}，现为 ${last}。`, `Ask for 1 to ${maxReleases}, not ${last}.`);
    }
    return store.read(async (em) => {
      const rows = await em.find(releaseEntity, {}, { orderBy: { number: 'desc' }, limit: last });
      return rows.map((row) => releaseView(row, store, actor));
    });
  },

  contractRelease: ({ number }: { readonly number: number }, { store, actor }: ControlContext): Promise<ReleaseView | null> =>
    store.read(async (em) => {
      const row = await em.findOne(releaseEntity, { number });
      return row === null ? null : releaseView(row, store, actor);
    }),
};
