/**
 * What is told of an answer in parts, to the client and to those who count, whatever the engine says of its parts.
 */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import { ApolloServer } from '@apollo/server';
import { manualClock } from '@hub/kit/process';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';

import { takesParts } from '../../testing/multipart.ts';
import type { Call } from '../admit/call.ts';
import type { InParts } from '../execute/defer.ts';
import { counting } from '../usage/counting.ts';
import { Usage } from '../usage/usage.ts';
import type { Face, FaceContext } from './face.ts';
import { runOperation } from './operation.ts';
import { answeringInParts } from './parts.ts';

const sdl =
  'directive @defer(label: String, if: Boolean! = true) on FRAGMENT_SPREAD | INLINE_FRAGMENT type Query { one: One } type One { a: Int b: Int }';
const remark = (path: string) => ({ code: 'CODE_CONFLICT', message: '冲', messageEn: 'conflict', path: [path] });

/** Faults and failures in every part, with remarks that are made meanwhile. */
function partsOf({ notes }: Call, over: Promise<boolean>): InParts {
  notes.admitted = true;
  notes.remarks.push(remark('early'));
  const failed = {
    errors: [{ message: '甲', path: ['one'], extensions: { code: 'SYSTEM_FAILED', host: 'db.internal' } as const }],
    faults: [],
  };
  const broken = { errors: [], faults: [{ message: 'TypeError at /srv/hub.ts:1', path: ['one'] }] };
  return {
    first: { data: { one: {} }, errors: [], faults: [{ message: 'no Int: secret', path: ['one', 'a'] }] },
    hasNext: true,
    over,
    rest: (async function* () {
      notes.remarks.push(remark('late'));
      yield { payloads: [{ label: 'x', path: ['one'], data: null, ...failed }], hasNext: true };
      yield { payloads: [{ label: undefined, path: ['one'], data: null, ...broken }], hasNext: false };
    })(),
  };
}

test('faults are masked in every part and remarks told once; counted and let go of when the last part is over', async () => {
  const faults: unknown[] = [];
  const usage = new Usage(manualClock(0));
  const over = Promise.withResolvers<boolean>();
  const server = new ApolloServer<FaceContext>({
    typeDefs: sdl,
    plugins: [
      answeringInParts(
        async (_digest, _asked, { call }) => partsOf(call, over.promise),
        (cause) => void faults.push(String(cause)),
      ),
      counting(usage, buildSchema(sdl)),
    ],
    stopOnTerminationSignals: false,
    csrfPrevention: false,
    nodeEnv: 'production',
  });
  await server.start();
  const request = new IncomingMessage(new Socket());
  const query = encodeURIComponent('{ one { a ... @defer(label: "x") { b } } }');
  Object.assign(request, { method: 'GET', url: `/graphql?query=${query}`, headers: { accept: takesParts } });
  const used: Promise<unknown>[] = [];
  let isUsed = true;
  const generation = {
    use<T>(work: (face: Face) => Promise<T>): Promise<T> {
      const working = work(server);
      used.push(working.then(() => (isUsed = false)));
      return working;
    },
  };
  const { body, headers } = await runOperation(request, new ServerResponse(request), {
    identify: async () => ({ grants: 'PUBLIC', client: undefined, anonymous: true }),
    generation: () => generation,
    deadlineMs: 60_000,
  });
  expect(headers['cache-control']).toBe('no-store');
  const texts = typeof body === 'string' || Buffer.isBuffer(body) ? [] : await Array.fromAsync(body);
  const told = texts.map((text): unknown => JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)));
  const internal = { code: 'INTERNAL', messageEn: 'Internal fault of the gateway; it has been logged.' };
  const message = '网关内部错误，已记录。';
  expect(told).toEqual([
    {
      data: { one: {} },
      errors: [{ message, path: ['one', 'a'], extensions: internal }],
      hasNext: true,
      extensions: { warnings: [remark('early')] },
    },
    {
      incremental: [
        { label: 'x', path: ['one'], data: null, errors: [{ message: '甲', path: ['one'], extensions: { code: 'SYSTEM_FAILED' } }] },
      ],
      hasNext: true,
      extensions: { warnings: [remark('late')] },
    },
    { incremental: [{ path: ['one'], data: null, errors: [{ message, path: ['one'], extensions: internal }] }], hasNext: false },
  ]);
  expect(faults).toHaveLength(2);
  expect([isUsed, usage.take(() => true)]).toEqual([true, []]);
  over.resolve(true);
  await Promise.all(used);
  expect(usage.take(() => true).map(({ requests, errors }) => ({ requests, errors }))).toEqual([{ requests: 1, errors: 1 }]);
  await server.stop();
});
