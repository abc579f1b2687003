/**
 * What a city pushes in the kill tests: the same body from every process that makes it.
 */
import { goodRecord, submissionOfLines, type submitRecords } from '@hub/exchange/testing';
import { law } from '@hub/schema';

/** @returns So many records of one dataset, as the lines of a submission. */
export function submitted(count: number): ReturnType<typeof submissionOfLines> {
  const [dataset] = law().contracts.find(({ contract }) => contract.name === 'construction')?.contract.datasets ?? [];
  if (dataset === undefined) throw new Error('no dataset of construction');
  return submissionOfLines(Array.from({ length: count }, (_, place) => goodRecord(dataset, `K${place}`)));
}

/** @returns A receipt as one line, the same for the same receipt. */
export function toldReceipt({ records, ...receipt }: Awaited<ReturnType<typeof submitRecords>>): string {
  const { receivedAt, total, accepted, unchanged } = receipt;
  const told = records.map(({ line, outcome, key, version, violations }) => `${line} ${outcome} ${key} ${version} ${violations.length}`);
  return JSON.stringify({ receivedAt, total, accepted, unchanged, records: told });
}
