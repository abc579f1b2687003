/**
 * Systems that the hub hosts, in the database of a test exchange: for records that are pushed.
 */
import { type Incoming, type SystemStore, openStore, writeJsonLine } from '@hub/kit';
import { fullRecord } from '@hub/kit/testing';
import { type Dataset, type WireFields, law } from '@hub/schema';

import { readSubmission, type ReadSubmission } from '../submit/read-submission.ts';

/** The hosting side of a database. */
export interface HostedSystems extends AsyncDisposable {
  /** A system that serves these contracts. */
  system(code: string, contracts: readonly string[]): SystemStore;
}

/** Opens the kit's store in the database of an exchange. */
export async function openHostedSystems(databaseUrl: string, contractNames: readonly string[]): Promise<HostedSystems> {
  const contracts = law().contracts.flatMap(({ contract }) => (contractNames.includes(contract.name) ? [contract] : []));
  const store = await openStore({ url: databaseUrl, contracts, poolSize: 6 });
  return {
    system: (code, served) => ({
      store,
      codes: law().codes,
      system: {
        code,
        name: `系统 ${code}`,
        nameEn: `System ${code}`,
        owner: { name: '某中心', creditCode: undefined },
        region: '990100',
        platformCodes: [],
        contracts: served,
        registeredAt: '2026-01-01T00:00:00+08:00',
        state: 'PUBLISHED',
      },
    }),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** @returns A record that nothing is wrong with. */
export function goodRecord(dataset: Dataset, key: string, fields: WireFields = {}): Incoming {
  const story = {
    codes: law().codes,
    project: 'E9900000000000001',
    lot: 'E9900000000000001001',
    opensAt: '20260101090000',
    decidedAt: '20260201090000',
  };
  return fullRecord(dataset, key, { ...story, fields });
}

/** @returns Records as the lines of a submission. */
export function submissionOfLines(records: readonly Incoming[]): Promise<ReadSubmission> {
  return readSubmission({ format: 'JSON', encoding: 'TEXT', body: records.map(({ record }) => writeJsonLine(record)).join('\n') });
}
