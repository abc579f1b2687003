/**
 * Counts each operation that was admitted, when its answer is ready.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLSchema, Kind } from 'graphql';

import type { FaceContext } from '../respond/face.ts';
import type { Usage } from './usage.ts';

/** @param schema - The supergraph with the law's directives. */
export function counting(usage: Usage, schema: GraphQLSchema): ApolloServerPlugin<FaceContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ document, operation, request, response: { body }, contextValue: { call } }) {
          if (!call.notes.admitted || document === undefined || operation === undefined || body.kind !== 'single') return;
          const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
          usage.count(
            { schema, definition: operation, fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])) },
            { client: call.client, variables: request.variables ?? {}, failed: (body.singleResult.errors ?? []).length > 0 },
          );
        },
      };
    },
  };
}
