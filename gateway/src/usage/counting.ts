/**
 * Counts each operation that was admitted, when its answer is ready.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, Kind } from 'graphql';

import type { FaceContext } from '../respond/face.ts';
import type { Admitted } from './signature.ts';
import type { Usage } from './usage.ts';

/** @param schema - The supergraph with the law's directives. */
export function counting(usage: Usage, schema: GraphQLSchema): ApolloServerPlugin<FaceContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ document, operation, request, response: { body }, contextValue: { call } }) {
          if (!call.notes.admitted || document === undefined || operation === undefined) return;
          const read = (): Admitted => ({ schema, definition: operation, fragments: fragmentsOf(document) });
          const { errors = [] } = body.kind === 'single' ? body.singleResult : body.initialResult;
          const count = (failed: boolean): void =>
            usage.count(operation, read, { client: call.client, variables: request.variables ?? {}, failed });
          if (call.notes.rest === undefined) count(errors.length > 0);
          else void call.notes.rest.then((failed) => count(failed || errors.length > 0));
        },
      };
    },
  };
}

function fragmentsOf({ definitions }: DocumentNode): Admitted['fragments'] {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}
