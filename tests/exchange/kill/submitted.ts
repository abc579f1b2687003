/**
 * What a city pushes in the kill tests: the same body from every process that makes it.
 */
import { goodRecord, submissionOfLines } from '@hub/exchange/testing';
import { law } from '@hub/schema';

/** @returns So many records of one dataset, as the lines of a submission. */
export function submitted(count: number): ReturnType<typeof submissionOfLines> {
  const [dataset] = law().contracts.find(({ contract }) => contract.name === 'construction')?.contract.datasets ?? [];
  if (dataset === undefined) throw new Error('no dataset of construction');
  return submissionOfLines(Array.from({ length: count }, (_, place) => goodRecord(dataset, `K${place}`)));
}
