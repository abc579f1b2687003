/**
 * A page of the hub's feed as GraphQL asks for it, where what is not said is null.
 * @see schema/contracts/exchange.graphql; control/control.graphql
 */
import type { ExchangeStore } from '../store/open-store.ts';

import type { HubFilter } from './hub-filter.ts';
import { type HubPage, readHubPage } from './hub-page.ts';

/** Arguments of `exchangeFeed`. */
export interface AskedPage {
  readonly after?: string | null;
  readonly first: number;
  readonly snapshot: boolean;
  readonly systems?: readonly string[] | null;
  readonly datasets?: readonly string[] | null;
  readonly categories?: readonly string[] | null;
}

/** @throws HubError as reading a page does. */
export function askedPage(store: ExchangeStore, { after, first, snapshot, ...asked }: AskedPage): Promise<HubPage> {
  return readHubPage(store, { ...askedFilter(asked), first, after: after ?? undefined, snapshot: snapshot ? true : undefined });
}

/** @returns The filter among the arguments. */
function askedFilter({ systems, datasets, categories }: Pick<AskedPage, 'systems' | 'datasets' | 'categories'>): HubFilter {
  return { systems: systems ?? undefined, datasets: datasets ?? undefined, categories: categories ?? undefined };
}
