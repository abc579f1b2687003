/**
 * All systems of the province: each one's key publishes for it alone, and each answers in its own name or not at all.
 * @see schema/PROTOCOL.md 9, 12
 */
import { type GatewayEvent, startGateway } from '@hub/gateway';
import { openProvinceFolder } from '@hub/kit';
import { createLog, createSigningKey } from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { startRegistry } from '@hub/registry';
import { decodeRecordId, type Province } from '@hub/schema';
import { beforeAll, describe, expect, test } from 'vitest';

import { ask } from '../support/ask.ts';
import { controlAsker } from '../support/control.ts';
import { supergraphFile } from '../support/federation.ts';
import { gatewayKey, gatewayTrust } from '../support/gateway-key.ts';
import { at, listAt, textAt } from '../support/parse-json.ts';
import { startPosingSystems } from '../support/posing-systems.ts';
import { root } from '../support/repository.ts';
import { sdlOf } from '../support/toy-registry.ts';

let province: Province;
beforeAll(async () => void ({ province } = await openProvinceFolder(`${root}/schema/province`)));

test(
  'publishing: of every key in the name of every system only its own is accepted, and the history tells of nothing else',
  { timeout: 120_000 },
  async () => {
    const codes = province.systems.map(({ code }) => code);
    const keys = new Map(codes.map((code) => [code, createSigningKey()]));
    await using database = await openTestDatabase();
    await using registry = await startRegistry({
      databaseUrl: database.url,
      province,
      trust: gatewayTrust,
      port: 0,
      reach: { loopback: true },
      onFault: (cause) => expect.fail(String(cause)),
      keys: [...keys].map(([issuer, { publicJwk }]) => ({ role: 'SYSTEM', issuer, jwk: publicJwk }) as const),
    });
    const publish = 'mutation ($input: PublishInput!) { publishSystem(input: $input) { published } }';
    const told: (readonly [key: string, named: string, system: string, answer: unknown])[] = [];
    for (const [issuer, key] of keys) {
      const asItself = controlAsker(registry.origin, { key, issuer });
      for (const { code, contracts } of province.systems) {
        const sdl = code === issuer ? sdlOf(...contracts) : '';
        const input = { system: code, endpoint: 'http://127.0.0.1:5999/graphql', contracts, sdl };
        const { data, errors } = await asItself(publish, { input });
        told.push([issuer, issuer, code, errors[0]?.code ?? at(data, 'publishSystem', 'published')]);
        // And in that system's name.
        if (code === issuer) continue;
        const impostor = await controlAsker(registry.origin, { key, issuer: code })(publish, { input });
        told.push([issuer, code, code, impostor.errors[0]?.code]);
      }
    }
    const expected = told.map(([key, named, system]) =>
      key === system ? [key, named, system, true] : [key, named, system, named === key ? 'FORBIDDEN' : 'UNAUTHENTICATED'],
    );
    expect(told).toEqual(expected);
    expect(told).toHaveLength(codes.length * (2 * codes.length - 1));
    const routed = await registry.systems();
    expect(routed.map(({ code, state, version }) => [code, state, version])).toEqual(
      codes.toSorted().map((code) => [code, 'PUBLISHED', 1]),
    );
  },
);

describe('answering', () => {
  test(
    'of every system in the name of every other no row is shown, and each is reported; those that tell the truth are shown',
    { timeout: 120_000 },
    async () => {
      const codes = province.systems.map(({ code }) => code);
      await using posing = await startPosingSystems(codes);
      const foreign: string[] = [];
      const onEvent = (event: GatewayEvent): void => void (event.kind === 'answer-foreign' && foreign.push(event.system));
      await using gateway = await startGateway({
        supergraph: supergraphFile,
        port: 0,
        log: createLog('gateway', 'silent'),
        systems: posing.routes,
        endpoints: { registry: 'http://127.0.0.1:9/graphql' },
        key: gatewayKey,
        reach: { loopback: true },
        health: { failures: 10_000, probeMs: 1, maxProbeMs: 1 },
        pollMs: 3_600_000,
        systemDeadlineMs: 20_000,
        operationDeadlineMs: 30_000,
        onEvent,
      });
      const query = '{ notices(first: 100) { nodes { id } totalCount coverage { missing { system { code } reason } } } }';
      const whole = await ask(`${gateway.url}/graphql`, { query });
      expect(listAt(whole.data, 'notices', 'nodes')).toHaveLength(codes.length);
      let pairs = 0;
      for (let distance = 1; distance < codes.length; distance += 1) {
        // Half of them lie, then the other half.
        for (const half of [0, 1]) {
          const lies = new Map(
            codes.flatMap((code, place) => (place % 2 === half ? [[code, codes[(place + distance) % codes.length] ?? '']] : [])),
          );
          posing.pose(lies);
          foreign.length = 0;
          const { data } = await ask(`${gateway.url}/graphql`, { query });
          expect({
            shown: listAt(data, 'notices', 'nodes')
              .map((node) => decodeRecordId(textAt(node, 'id'))?.system ?? '')
              .toSorted(),
            missing: listAt(data, 'notices', 'coverage', 'missing')
              .map((one) => `${textAt(one, 'system', 'code')} ${textAt(one, 'reason')}`)
              .toSorted(),
            reported: foreign.toSorted(),
          }).toEqual({
            shown: codes.filter((code) => !lies.has(code)).toSorted(),
            missing: [...lies.keys()].map((code) => `${code} INVALID_ANSWER`).toSorted(),
            reported: [...lies.keys()].toSorted(),
          });
          pairs += lies.size;
        }
      }
      expect(pairs).toBe(codes.length * (codes.length - 1));
    },
  );
});
