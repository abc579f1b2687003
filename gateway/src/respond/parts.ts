/**
 * Answers in parts: whoever takes them in the form that is spoken here gets what `@defer` puts off after the rest. Everybody else
 * gets the whole answer at once, which the proposal allows always.
 * @see gateway/README.md «@defer»; GraphQL over HTTP, «Incremental Delivery»
 */
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { Call, Remark } from '../admit/call.ts';
import type { RunOperationInParts } from '../execute/engine.ts';
import type { Executed } from '../execute/operation.ts';
import type { FaceContext } from './face.ts';
import { maskError, maskFault } from './mask.ts';

/** @param onFault - Told of what clients may not see. */
export function answeringInParts(run: RunOperationInParts, onFault: (cause: unknown) => void): ApolloServerPlugin<FaceContext> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ queryHash: digest, source, document, operation, request, contextValue: { call } }) {
          const isAsked = source.includes('defer') && takesParts(request.http?.headers.get('accept'));
          if (!isAsked || digest === undefined) return null;
          // What keeps it from being planned is told where it is run at once.
          const given = { variables: request.variables ?? {}, call };
          const parts = await run(digest, { source, document, operation }, given).catch(() => undefined);
          if (parts === undefined) return null;
          const { first, hasNext, rest, over } = parts;
          call.notes.rest = over;
          const warnings = remarksOf(call);
          const initialResult = { ...failures(first, onFault), data: first.data ?? null, hasNext, ...warnings() };
          return {
            http: { headers: new HeaderMap() },
            body: { kind: 'incremental', initialResult, subsequentResults: results() },
          };

          async function* results() {
            for await (const { payloads, hasNext: goesOn } of rest) {
              const incremental = payloads.map(({ label, path, data, ...failed }) => ({
                ...(label === undefined ? {} : { label }),
                path,
                data,
                ...failures(failed, onFault),
              }));
              yield { incremental, hasNext: goesOn, ...warnings() };
            }
          }
        },
      };
    },
  };
}

/**
 * Apollo Server sends the form that comes first in `Accept`, and refuses other kinds of `multipart/mixed`.
 * @returns Whether that will be ours.
 */
function takesParts(accept = ''): boolean {
  const ranges = accept.split(',').map((range) => range.replaceAll(/[\s"]/g, '').toLowerCase());
  return ranges.find((range) => range.startsWith('multipart/mixed')) === 'multipart/mixed;deferspec=20220824';
}

/** @returns What clients are told of what failed; nothing when nothing did. */
function failures(
  { errors, faults }: Pick<Executed, 'errors' | 'faults'>,
  onFault: (cause: unknown) => void,
): { errors?: readonly GraphQLFormattedError[] } {
  const shown = [
    ...errors.map((error) => {
      const thrown = error instanceof GraphQLError ? error : new GraphQLError(error.message, error);
      return maskError(thrown.toJSON(), thrown, onFault);
    }),
    ...faults.map(({ message, path }) => maskFault(new GraphQLError(message, { path }), onFault)),
  ];
  return shown.length === 0 ? {} : { errors: shown };
}

/** @returns What tells each remark once. */
function remarksOf({ notes }: Call): () => { extensions?: { warnings: readonly Remark[] } } {
  let told = 0;
  return () => {
    const warnings = notes.remarks.slice(told);
    told += warnings.length;
    return warnings.length === 0 ? {} : { extensions: { warnings } };
  };
}
