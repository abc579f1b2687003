/**
 * From what people write to what is served: each contract expanded, with what it says of itself.
 * @see design/architecture.md «Composition»
 */
import { isHeldBySystems, readLaw } from '@hub/schema';

import { type ContractTexts, lawDigest, type ReleaseTexts } from './release-texts.ts';

/** @throws HubError CONTRACT_INVALID for a text that is no contract. */
export function readRelease(texts: ContractTexts): ReleaseTexts {
  const { shared, directives } = texts;
  const contracts = readLaw(texts.contracts, { shared, directives }).map(({ contract, source, served }) => {
    const { name, version, edition, title, partitioned } = contract;
    return { name, version, edition, title, partitioned, heldBySystems: isHeldBySystems(contract), source, sdl: served };
  });
  return { law: lawDigest(texts), shared, directives, contracts: contracts.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}
