/**
 * The registry owns `System`.
 * @see schema/contracts/registry.graphql
 */
import { openProvinceFolder, type ProvinceFolder } from '@hub/kit';
import { openTestDatabase, trustEverybody } from '@hub/kit/testing';
import type { SystemRow } from '@hub/schema';
import { beforeAll, describe, expect, test } from 'vitest';

import { startRegistry } from './start-registry.ts';

const toyProvince = new URL('../../../tests/fixtures/toy-province', import.meta.url).pathname;
const onFault = (cause: unknown): void => expect.fail(String(cause));
let folder: ProvinceFolder;

beforeAll(async () => void (folder = await openProvinceFolder(toyProvince)));

describe('startRegistry', () => {
  test('lists the systems of the province by code', async () => {
    await using database = await openTestDatabase();
    const { province } = folder;
    await using registry = await startRegistry({ databaseUrl: database.url, province, trust: trustEverybody, port: 0, onFault });
    const systems = province.systems
      .map(({ code, name, contracts, state }) => ({ code, name, contracts, state }))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1));
    expect(await ask(registry.url, '{ systems { code name contracts state } }')).toEqual({ data: { systems } });
  });

  test('resolves System for the other subgraphs, and null for a code there is not', async () => {
    await using database = await openTestDatabase();
    const { province } = folder;
    await using registry = await startRegistry({ databaseUrl: database.url, province, trust: trustEverybody, port: 0, onFault });
    const [row] = province.systems;
    const region = province.regions.find(({ code }) => code === row?.region);
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on System { nameEn owner region { code name } } } }';
    const representations = [row?.code, 'nowhere'].map((code) => ({ __typename: 'System', code }));
    expect(await ask(registry.url, query, { r: representations })).toEqual({
      data: {
        _entities: [{ nameEn: row?.nameEn, owner: row?.owner.name, region: { code: region?.code, name: region?.name } }, null],
      },
    });
  });

  test('is sown by the province folder: what is new is added, what it knows stays as it is, and what was not taken is told', async () => {
    await using database = await openTestDatabase();
    const { province } = folder;
    const [first, second, third] = province.systems;
    if (first === undefined || second === undefined || third === undefined) throw new Error('the toy province has three systems');
    const before = { ...province, systems: [{ ...first, name: '旧名', contracts: ['board'] }, second] };
    const after = { ...province, systems: [first, third] };
    const row = ({ code, name, contracts }: SystemRow) => ({ code, name, contracts, state: 'PUBLISHED' });
    const kept = { ...row(first), name: '旧名', contracts: ['board'] };
    const open = { databaseUrl: database.url, trust: trustEverybody, port: 0, onFault };
    const query = '{ systems { code name contracts state } }';
    {
      await using registry = await startRegistry({ ...open, province: before });
      expect(await ask(registry.url, query)).toEqual({ data: { systems: sorted([kept, row(second)]) } });
      expect(registry.notes).toEqual({ changed: [], gone: [] });
    }
    await using registry = await startRegistry({ ...open, province: after });
    expect(await ask(registry.url, query)).toEqual({ data: { systems: sorted([kept, row(second), row(third)]) } });
    expect(registry.notes).toEqual({ changed: [first.code], gone: [second.code] });
  });
});

function sorted<Row extends { readonly code: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

async function ask(url: string, query: string, variables: object = {}): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}
