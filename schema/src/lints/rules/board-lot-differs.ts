/**
 * A dataset names its lots in one way: they are kept in one column, which the board and the seals both read.
 * @see schema/directives.graphql @notice(lots:, lotsIn:), @deal(lot:, lotIn:), @sealed(lot:, lotIn:)
 */
import type { Fault, Place } from '../finding.ts';
import type { Lint, ReadLaw } from '../lint.ts';
import { mappingsOf } from '../board-mappings.ts';
import { sealsOf } from '../seals.ts';

/** How one directive names the lots of a type. */
interface Naming {
  readonly type: string;
  readonly names: string;
  readonly place: Place;
}

export const boardLotDiffers: Lint = {
  code: 'BOARD_LOT_DIFFERS',
  find: (law) => [...Map.groupBy(namings(law), ({ type }) => type).values()].flatMap(faultsOf),
};

function namings(law: ReadLaw): readonly Naming[] {
  const mapped = mappingsOf(law).flatMap(({ dataset, board, mapping, place }) => {
    const [lot, lotIn] = board === 'deal' ? [mapping['lot'], mapping['lotIn']] : [mapping['lots'], mapping['lotsIn']];
    return typeof lot === 'string' ? [{ type: dataset.type, names: namesOf(lot, lotIn), place }] : [];
  });
  const sealed = sealsOf(law).map(({ dataset, seal, place }) => ({ type: dataset.type, names: namesOf(seal.lot, seal.lotIn), place }));
  return [...mapped, ...sealed];
}

function namesOf(lot: string, lotIn: unknown): string {
  return typeof lotIn === 'string' ? `${lotIn}/${lot}` : lot;
}

function faultsOf([first, ...others]: readonly Naming[]): readonly Fault[] {
  return others
    .filter(({ names }) => names !== first?.names)
    .map(({ place, names }) => ({
      ...place,
      zh: `同一类型的标的在别处写作 ${first?.names}，这里写作 ${names}。标的编号只存一列，两种写法会让封存与成交对不上；请在 @deal、@notice、@sealed 中写成一样。`,
      en: `The lots of this type are ${first?.names} elsewhere and ${names} here. They are kept in one column, and seals would not find the deals; name them alike in @deal, @notice and @sealed.`,
    }));
}
