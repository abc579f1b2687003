/**
 * What is told of an answer in parts, to the client and to those who count, whatever the engine says of its parts.
 */
import { ApolloServer, HeaderMap } from '@apollo/server';
import { manualClock } from '@hub/kit/process';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';

import { takesParts } from '../../testing/multipart.ts';
import type { Call } from '../admit/call.ts';
import type { InParts } from '../execute/defer.ts';
import { counting } from '../usage/counting.ts';
import { Usage } from '../usage/usage.ts';
import type { FaceContext } from './face.ts';
import { answeringInParts } from './parts.ts';

const sdl =
  'directive @defer(label: String, if: Boolean! = true) on FRAGMENT_SPREAD | INLINE_FRAGMENT type Query { one: One } type One { a: Int b: Int }';

test('faults are masked in every part, remarks told once, and one request is counted when the last part is over', async () => {
  const faults: unknown[] = [];
  const usage = new Usage(manualClock(0));
  const notes: Call['notes'] = { incomplete: false, admitted: true, remarks: [] };
  const remark = (path: string) => ({ code: 'CODE_CONFLICT', message: '冲', messageEn: 'conflict', path: [path] });
  const call: Call = { grants: 'PUBLIC', client: 'hall', deadlineMs: Infinity, signal: new AbortController().signal, notes };
  const over = Promise.withResolvers<boolean>();
  const parts: InParts = {
    first: { data: { one: {} }, errors: [], faults: [{ message: 'no Int: secret', path: ['one', 'a'] }] },
    hasNext: true,
    over: over.promise,
    rest: (async function* () {
      notes.remarks.push(remark('late'));
      const failed = {
        errors: [{ message: '甲', path: ['one'], extensions: { code: 'SYSTEM_FAILED', host: 'db.internal' } as const }],
        faults: [],
      };
      const broken = { errors: [], faults: [{ message: 'TypeError at /srv/hub.ts:1', path: ['one'] }] };
      yield { payloads: [{ label: 'x', path: ['one'], data: null, ...failed }], hasNext: true };
      yield { payloads: [{ label: undefined, path: ['one'], data: null, ...broken }], hasNext: false };
    })(),
  };
  notes.remarks.push(remark('early'));
  const server = new ApolloServer<FaceContext>({
    typeDefs: sdl,
    plugins: [
      answeringInParts(
        async () => parts,
        (cause) => void faults.push(String(cause)),
      ),
      counting(usage, buildSchema(sdl)),
    ],
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
  });
  await server.start();
  const { body } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      search: '',
      headers: new HeaderMap([
        ['accept', takesParts],
        ['content-type', 'application/json'],
      ]),
      body: { query: '{ one { a ... @defer(label: "x") { b } } }' },
    },
    context: async () => ({ call }),
  });
  const texts = body.kind === 'chunked' ? await Array.fromAsync(body.asyncIterator) : [];
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
  expect(usage.take(() => true)).toEqual([]);
  over.resolve(true);
  await over.promise;
  expect(usage.take(() => true).map(({ requests, errors }) => ({ requests, errors }))).toEqual([{ requests: 1, errors: 1 }]);
  await server.stop();
});
