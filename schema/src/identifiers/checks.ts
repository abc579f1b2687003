/**
 * The identifier rules by the names that @wire(id:) uses.
 * @see standard/identifiers.md
 */
import { checkBidSectionCode, checkProjectCode, checkTenderProjectCode } from './tender-code.ts';
import { checkCreditCode } from './credit-code.ts';
import { checkUnifiedDealCode } from './deal-code.ts';
import type { IdentifierCheck } from './fault.ts';
import { checkGuid } from './guid.ts';
import { checkIdCard } from './id-card.ts';
import { checkInvestmentCode } from './investment-code.ts';
import { checkLegalCode } from './legal-code.ts';
import { checkPartyCode } from './party-code.ts';
import { checkPlatformId } from './platform-id.ts';
import { checkWebAddress, webAddressRule } from './web-address.ts';

/** Every name that @wire(id:) may use, and the check behind it. */
export const identifierChecks: ReadonlyMap<string, IdentifierCheck> = new Map([
  ['projectCode', checkProjectCode],
  ['tenderProjectCode', checkTenderProjectCode],
  ['bidSectionCode', checkBidSectionCode],
  ['unifiedDealCode', checkUnifiedDealCode],
  ['investmentCode', checkInvestmentCode],
  ['creditCode', checkCreditCode],
  ['partyCode', checkPartyCode],
  ['legalCode', checkLegalCode],
  ['idCard', checkIdCard],
  ['platformId', checkPlatformId],
  ['guid', checkGuid],
  [webAddressRule, checkWebAddress],
]);
