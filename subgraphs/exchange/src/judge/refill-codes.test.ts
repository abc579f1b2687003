/** @see standard/exchange.md 4; design/feed.md 3 */
import { readRuleBook, law } from '@hub/schema';
import { expect, test } from 'vitest';

import { takePage } from '../journal/take-page.ts';
import { entryOf, lenientContracts, openTestExchange, pageOf, parentRules } from '../testing/index.ts';

test('a rule that a later release brings finds records that came before it', async () => {
  const { contracts, codes } = law();
  const none = readRuleBook(
    [],
    contracts.map(({ contract }) => contract),
    codes,
  );
  const options = { contracts: lenientContracts().map(withoutOwnCodes) };
  await using exchange = await openTestExchange({ ...options, rules: none });
  const own = { source: { kind: 'SYSTEM' } } as const;
  const tender = entryOf({ ...own, dataset: 'TENDER_PROJECT', key: 't', fields: { TENDER_PROJECT_CODE: 'T1' } });
  await takePage(exchange.store, pageOf('east', [tender]));
  const later = await exchange.another({ ...options, rules: parentRules() });
  const section = entryOf({ ...own, dataset: 'SECTION', key: 's', position: 2, fields: { TENDER_PROJECT_CODE: 'T1' } });
  expect(await takePage(later, pageOf('east', [section]))).toMatchObject({ accepted: 1, waiting: 0 });
});

function withoutOwnCodes<Contract extends ReturnType<typeof lenientContracts>[number]>(contract: Contract): Contract {
  return { ...contract, datasets: contract.datasets.map((dataset) => ({ ...dataset, byCode: undefined })) };
}
