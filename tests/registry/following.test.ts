/**
 * Gateways follow the registry: what is published, withdrawn or moved is so at every gateway within 2 s, no request is dropped,
 * and a gateway starts and serves when the registry is down.
 * @see design/architecture.md «Past one machine»; subgraphs/registry/README.md
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Gateway } from '@hub/gateway';
import { createSigningKey } from '@hub/kit/process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { type Reply, ask } from '../support/ask.ts';
import { dice } from '../support/dice.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { at, listAt } from '../support/parse-json.ts';
import { followedRegistry, type Followed, publishAt } from '../support/registry-of.ts';
import { recordFigures } from '../support/results.ts';
import { generatedMs, sizeOf } from '../support/sizes.ts';
import { type SystemProxy, startProxy } from '../support/system-proxy.ts';

const changes = sizeOf({ test: 24, prove: 200 });
const askersPerGateway = 1;
const effectMs = 2000;
const systems = 4;
const query =
  '{ notices(first: 5) { nodes { system { code } title } totalCount coverage { answered { code } missing { system { code } reason } } } }';

let federation: Federation;
let followed: Followed;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-following-'));
  federation = await startFederation({
    province: generatedProvince(systems),
    records: { each: 12, datasets: ['BOARD_NOTICE'], seed: 5 },
  });
  followed = await followedRegistry(federation);
  await followed.publishAll();
});
afterAll(async () => {
  await followed[Symbol.asyncDispose]();
  await federation[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

const askOne = ({ url }: Gateway): Promise<Reply> => ask(`${url}/graphql`, { query });
const answeredBy = ({ data }: Reply): readonly unknown[] => listAt(data, 'notices', 'coverage', 'answered').map((one) => at(one, 'code'));
const missingIn = ({ data }: Reply): readonly unknown[] =>
  listAt(data, 'notices', 'coverage', 'missing').map((one) => `${String(at(one, 'system', 'code'))} ${String(at(one, 'reason'))}`);
const namedIn = (reply: Reply): ReadonlySet<unknown> =>
  new Set([...answeredBy(reply), ...listAt(reply.data, 'notices', 'nodes').map((node) => at(node, 'system', 'code'))]);

describe('Under load', () => {
  test(
    `${changes} publications, withdrawals and key rotations: no request fails, and nobody withdrawn answers`,
    { timeout: generatedMs },
    async () => {
      await using opened = new AsyncDisposableStack();
      /** When each gateway last took a new table, ms. */
      const taken = [0, 0];
      const gateways = [
        opened.use(
          await followed.startGateway(
            join(home, 'one.jws'),
            ({ kind }) => void (kind === 'routing-replaced' && (taken[0] = performance.now())),
          ),
        ),
        opened.use(
          await followed.startGateway(
            join(home, 'two.jws'),
            ({ kind }) => void (kind === 'routing-replaced' && (taken[1] = performance.now())),
          ),
        ),
      ];
      const codes = [...federation.proxies.keys()];
      // A second place for each system, to move to.
      const places = new Map<string, readonly SystemProxy[]>();
      for (const { system, url } of federation.systems) {
        const second = opened.use(await startProxy({ system: system.code, other: 'other', url }));
        const first = federation.proxies.get(system.code);
        places.set(system.code, first === undefined ? [second] : [first, second]);
      }

      /** Who has left at every gateway. */
      const gone = new Set<string>();
      const faults: string[] = [];
      let asked = 0;
      const over = new AbortController();
      const load = async (gateway: Gateway): Promise<void> => {
        while (!over.signal.aborted) {
          const goneAtStart = [...gone];
          const reply = await askOne(gateway);
          asked += 1;
          if (reply.status !== 200 || reply.errors.length > 0) faults.push(reply.text.slice(0, 300));
          const named = namedIn(reply);
          // Who came back meanwhile may answer again.
          for (const code of goneAtStart) if (gone.has(code) && named.has(code)) faults.push(`${code} answered after it had left`);
          faults.push(...missingIn(reply).flatMap((one) => (String(one).endsWith(' WITHDRAWN') ? [] : `missing ${String(one)}`)));
        }
      };
      const loads = gateways.flatMap((gateway) => Array.from({ length: askersPerGateway }, () => load(gateway)));

      /** From the answer of a change until each gateway had taken it, ms; those that were faster than the answer count as 0. */
      const effects: number[] = [];
      const change = async (run: () => Promise<void>): Promise<void> => {
        const before = [...taken];
        await run();
        const answeredMs = performance.now();
        await vi.waitFor(() => expect(taken.every((ms, place) => ms > (before[place] ?? 0))).toBe(true), {
          timeout: 10 * effectMs,
          interval: 5,
        });
        effects.push(Math.max(0, ...taken.map((ms) => ms - answeredMs)));
      };
      const say = async (code: string, mutation: string): Promise<void> => {
        const { errors } = await followed.asSystem(code)(`mutation { ${mutation}(system: "${code}") { state } }`);
        expect(errors).toEqual([]);
      };
      const throws = dice(7);
      const place = new Map(codes.map((code) => [code, 0]));
      const counts = { published: 0, withdrawn: 0, rotated: 0 };
      const steps: Readonly<Record<string, (code: string) => Promise<void>>> = {
        async move(code) {
          const next = ((place.get(code) ?? 0) + 1) % 2;
          place.set(code, next);
          const target = places.get(code)?.[next];
          await change(() => publishAt(followed.asSystem(code), code, target?.url ?? ''));
          const came = target?.requests.length ?? 0;
          await Promise.all(gateways.map(askOne));
          expect(target?.requests.length).toBeGreaterThan(came);
          counts.published += 1;
        },
        async leave(code) {
          await change(() => say(code, 'withdrawSystem'));
          gone.add(code);
          for (const reply of await Promise.all(gateways.map(askOne))) expect(missingIn(reply)).toEqual([`${code} WITHDRAWN`]);
          counts.withdrawn += 1;
          gone.delete(code);
          await change(() => say(code, 'republishSystem'));
          for (const reply of await Promise.all(gateways.map(askOne))) expect(answeredBy(reply)).toContain(code);
        },
        async rotate(code) {
          const old = followed.asSystem(code);
          const next = createSigningKey();
          const rotation = `mutation ($key: PublicKeyInput!) { rotateKey(system: "${code}", key: $key, overlapHours: 0) { kid } }`;
          expect((await old(rotation, { key: next.publicJwk })).errors).toEqual([]);
          followed.useKey(code, next);
          expect((await old('{ whoami { kid } }')).errors[0]?.code).toBe('UNAUTHENTICATED');
          expect((await followed.asSystem(code)('{ whoami { kid } }')).errors).toEqual([]);
          counts.rotated += 1;
        },
      };
      const kinds = Object.keys(steps);
      for (let turn = 0; turn < changes; turn++) await steps[kinds[turn % kinds.length] ?? '']?.(throws.pick(codes));
      over.abort();
      await Promise.all(loads);
      expect(faults).toEqual([]);
      expect(counts.published + counts.withdrawn + counts.rotated).toBe(changes);
      expect(asked).toBeGreaterThan(changes);
      const sorted = effects.toSorted((a, b) => a - b);
      const [effectMedianMs = 0, effectMaxMs = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
      expect(effectMaxMs).toBeLessThan(effectMs);
      await recordFigures('registry-following', { changes, ...counts, asked, failed: faults.length, effectMedianMs, effectMaxMs });
    },
  );
});

describe('Without the registry', () => {
  test('a gateway starts by its signed copy and serves; one whose copy was altered does not believe it', { timeout: 60_000 }, async () => {
    const copyFile = join(home, 'copy.jws');
    const other = await followedRegistry(federation);
    await other.publishAll();
    {
      await using gateway = await other.startGateway(copyFile);
      expect((await askOne(gateway)).errors).toEqual([]);
      expect(await readiness(gateway)).toMatchObject({ status: 'ready', registry: { reached: true, position: expect.any(Number) } });
    }
    await other[Symbol.asyncDispose]();
    {
      await using gateway = await other.startGateway(copyFile);
      expect(missingIn(await askOne(gateway))).toEqual([]);
      expect(await readiness(gateway)).toMatchObject({
        status: 'ready',
        systems: { published: systems, away: [] },
        registry: { reached: false, position: expect.any(Number), asOf: expect.stringMatching(/^\d{4}-/) },
      });
    }
    const [head, payload = '', signature] = (await readFile(copyFile, 'utf8')).split('.');
    const forged = Buffer.from(payload, 'base64url').toString().replace('"published"', '"withdrawn"');
    await writeFile(copyFile, [head, Buffer.from(forged).toString('base64url'), signature].join('.'));
    await using gateway = await other.startGateway(copyFile);
    expect((await askOne(gateway)).errors.map(({ code }) => code)).toEqual(['SYSTEMS_UNAVAILABLE']);
    expect(await readiness(gateway)).toMatchObject({ status: 'unavailable', registry: { reached: false } });
  });

  test('one that lost its registry goes on, and follows again when it is back', { timeout: 60_000 }, async () => {
    const database = await startFederation({ province: generatedProvince(2) });
    await using opened = new AsyncDisposableStack();
    opened.use(database);
    const own = opened.use(await followedRegistry(database));
    await own.publishAll();
    const gateway = opened.use(await own.startGateway(join(home, 'lost.jws')));
    // The database ends every connection of the registry: its listening, and the look behind it.
    await own.dropConnections();
    const [code = ''] = database.proxies.keys();
    await vi.waitFor(async () =>
      expect((await own.asSystem(code)(`mutation { withdrawSystem(system: "${code}") { state } }`)).errors).toEqual([]),
    );
    await vi.waitFor(async () => expect(missingIn(await askOne(gateway))).toEqual([`${code} WITHDRAWN`]), { timeout: 10_000 });
  });
});

async function readiness({ url }: Gateway): Promise<unknown> {
  return (await fetch(`${url}/health/ready`)).json();
}
