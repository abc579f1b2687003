/**
 * The law that this program carries, as a release would have it.
 */
import { lawTexts } from '@hub/schema';

import { type ContractTexts, lawDigest } from './release-texts.ts';

let digest: string | undefined;

/** @returns What the program's law is made from. */
export function ownTexts(): ContractTexts {
  const { contracts, shared } = lawTexts();
  return { contracts, ...shared };
}

/** Whether a law is the program's: then whoever has the program has it too. */
export function isOwnLaw(law: string): boolean {
  digest ??= lawDigest(ownTexts());
  return law === digest;
}
