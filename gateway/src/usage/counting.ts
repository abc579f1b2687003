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
          if (!call.notes.admitted || document === undefined || operation === undefined || body.kind !== 'single') return;
          const read = (): Admitted => ({ schema, definition: operation, fragments: fragmentsOf(document) });
          const failed = (body.singleResult.errors ?? []).length > 0;
          usage.count(operation, read, { client: call.client, variables: request.variables ?? {}, failed });
        },
      };
    },
  };
}

function fragmentsOf({ definitions }: DocumentNode): Admitted['fragments'] {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}
