/**
 * What the whole demonstration knows, as values: for scenarios that tell of everybody instead of drawing somebody.
 */
import { type AwardedLot, awardedLots } from '../awarded-lots.ts';
import { yuan } from '../draft.ts';
import type { Setting } from '../setting.ts';
import { everyOrganisation, organisationBundle, personBundle } from './people.ts';
import type { Source } from './scenario.ts';
import { type Bundle, bundle } from './value.ts';

/** Names under an awarded lot. */
export const awardNames = [
  'project',
  'projectName',
  'lot',
  'lotName',
  'class',
  'price',
  'signed',
  'finished',
  'owner',
  'winner',
  'manager',
] as const;

/** @returns A reader of the sources; each is made once, when it is first asked for. */
export function sourcesOf(setting: Setting, scale: number): (name: Source) => readonly Bundle[] {
  const made = new Map<Source, readonly Bundle[]>();
  const make: Readonly<Record<Source, () => readonly Bundle[]>> = {
    organisations: () => everyOrganisation(setting),
    persons: () => setting.market.persons.map(personBundle),
    awards: () => [...awardedLots(setting, scale)].map((award) => awardBundle(setting, award)),
  };
  return (name) => {
    const known = made.get(name) ?? make[name]();
    made.set(name, known);
    return known;
  };
}

function awardBundle({ province }: Setting, { tender, lot, winner }: AwardedLot): Bundle {
  const [owner] = tender.clients;
  return bundle({
    project: tender.code,
    projectName: tender.name,
    lot: lot.code,
    lotName: lot.name,
    class: tender.works.class,
    price: yuan(winner.priceFen),
    signed: { at: tender.schedule.contract },
    finished: { at: tender.schedule.finished },
    owner: owner === undefined ? undefined : organisationBundle(province, owner),
    winner: organisationBundle(province, winner.bidder),
    manager: personBundle(winner.manager),
  });
}
