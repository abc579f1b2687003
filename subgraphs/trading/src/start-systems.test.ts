/**
 * Any system runs from its row.
 * @see design/architecture.md «Words»
 */
import { openProvinceFolder, type ProvinceFolder } from '@hub/kit';
import {
  createSigner,
  createSigningKey,
  exchangeIssuer,
  gatewayIssuer,
  keysByIssuer,
  type Signer,
  signatureHeader,
  trustKeys,
} from '@hub/kit/process';
import { openTestDatabase, trustEverybody } from '@hub/kit/testing';
import { beforeAll, describe, expect, test } from 'vitest';

import { startSystems, systemRows } from './start-systems.ts';

const toyProvince = new URL('../../../tests/fixtures/toy-province', import.meta.url).pathname;
const onFault = (cause: unknown): void => expect.fail(String(cause));
let folder: ProvinceFolder;

beforeAll(async () => void (folder = await openProvinceFolder(toyProvince)));

describe('startSystems', () => {
  test('a gateway has the graph alone, the exchange the feed alone (PROTOCOL 10)', async () => {
    await using database = await openTestDatabase();
    const [gateway, exchange] = [createSigningKey(), createSigningKey()];
    const trust = trustKeys(keysByIssuer([gateway.publicJwk, { ...exchange.publicJwk, iss: exchangeIssuer }]));
    const { province } = folder;
    await using trading = await startSystems({ databaseUrl: database.url, province, trust, onFault });
    const [{ url, system } = { url: '', system: { code: '' } }] = trading.systems;
    const statusOf = async (path: string, body: string, signer: Signer): Promise<number> => {
      const headers = { 'content-type': 'application/json', [signatureHeader]: signer.sign(system.code, body) };
      return (await fetch(new URL(path, url), { method: 'POST', headers, body })).status;
    };
    const statuses = [createSigner({ key: gateway, issuer: gatewayIssuer }), createSigner({ key: exchange, issuer: exchangeIssuer })].map(
      (signer) => Promise.all([statusOf('/graphql', '{"query":"{ __typename }"}', signer), statusOf('/feed', '{}', signer)]),
    );
    expect(await Promise.all(statuses)).toEqual([
      [200, 403],
      [403, 200],
    ]);
  });

  test('each system answers on a port of its own, in its own name', async () => {
    await using database = await openTestDatabase();
    const { province } = folder;
    await using trading = await startSystems({ databaseUrl: database.url, province, trust: trustEverybody, onFault });
    const answers = await Promise.all(trading.systems.map(({ url }) => ask(url, '{ notices { coverage { answered { code name } } } }')));
    const { systems } = province;
    expect(answers).toEqual(systems.map(({ code, name }) => ({ data: { notices: { coverage: { answered: [{ code, name }] } } } })));
    expect(new Set(trading.systems.map(({ url }) => url)).size).toBe(systems.length);
  });

  test('a system that is stopped answers nobody, the others go on', async () => {
    await using database = await openTestDatabase();
    await using trading = await startSystems({ databaseUrl: database.url, province: folder.province, trust: trustEverybody, onFault });
    const [first, second] = trading.systems;
    await first?.stop();
    await expect(ask(first?.url ?? '', '{ __typename }')).rejects.toThrow('fetch failed');
    expect(await ask(second?.url ?? '', '{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  });

  test('an unknown code is refused with the known ones', () => {
    const { province } = folder;
    const known = province.systems.map(({ code }) => code).join(', ');
    expect(() => systemRows(province, ['nowhere'])).toThrow(
      expect.objectContaining({ code: 'SYSTEM_UNKNOWN', messageEn: expect.stringContaining(known) }),
    );
  });

  test('two rows that hold one shared register are refused, naming both', async () => {
    await using database = await openTestDatabase();
    const systems = folder.province.systems.map((row) => ({ ...row, contracts: ['market'] }));
    const [first, second] = systems;
    const province = { ...folder.province, systems };
    await expect(startSystems({ databaseUrl: database.url, province, trust: trustEverybody, onFault })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(`${first?.code}、${second?.code}`),
    });
  });

  test('a row that names a contract there is not is refused', async () => {
    await using database = await openTestDatabase();
    const [row] = folder.province.systems;
    if (row === undefined) throw new Error('the toy province has systems');
    const province = { ...folder.province, systems: [{ ...row, contracts: ['board', 'fishing'] }] };
    await expect(startSystems({ databaseUrl: database.url, province, trust: trustEverybody, onFault })).rejects.toMatchObject({
      code: 'CONTRACT_INVALID',
      messageEn: expect.stringContaining('fishing'),
    });
  });
});

async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  return response.json();
}
