/**
 * Answers a federation subgraph's questions at the least cost, so that what is measured is the gateway: a text is read once and
 * becomes functions, what they say of a thing is kept, and an answer is pieced together from that. Whatever is out of the
 * ordinary is left to graphql-js over the same things, whose answer is the law for the rest, too.
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, graphql, type GraphQLSchema, parse, validate } from 'graphql';

import { compileQuestion, type Compiled } from './compiled-question.ts';
import { laws, type SubgraphName } from './laws.ts';
import { rootsOf, shippingOf, type Stock } from './shops.ts';
import { Things } from './things.ts';

/** A question as it came. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** Texts that are kept compiled. */
const maxTexts = 2_000;

/** What answers one subgraph's questions. */
export interface FastSubgraph {
  /** @returns The answer's text; a promise where graphql-js had to find it. */
  answer(asked: Asked): string | Promise<string>;
  /** The same by graphql-js. */
  reference(asked: Asked): Promise<string>;
  /** Questions that graphql-js had to answer. */
  readonly leftToReference: number;
}

/** @returns The subgraph over the things in stock. */
export function openFastSubgraph(name: SubgraphName, stock: Stock): FastSubgraph {
  const things = new Things(stock, name === 'inventory');
  const schema = schemaOf(name, things);
  const roots = rootsOf(stock);
  const rootValue = name === 'accounts' ? { users: roots.users } : name === 'products' ? roots : {};
  const compiled = new Map<string, { readonly run: Compiled | undefined }>();
  let leftToReference = 0;
  const reference = async ({ query, variables, operationName }: Asked): Promise<string> =>
    JSON.stringify(await graphql({ schema, source: query, rootValue, variableValues: variables, operationName }));
  return {
    reference,
    get leftToReference() {
      return leftToReference;
    },
    answer(asked) {
      const key = asked.operationName === undefined ? asked.query : `${asked.operationName} ${asked.query}`;
      let known = compiled.get(key);
      if (known === undefined) {
        const document = readable(schema, asked.query);
        known = { run: document && compileQuestion(document, { schema, things, roots: rootValue, operationName: asked.operationName }) };
        if (compiled.size === maxTexts) compiled.clear();
        compiled.set(key, known);
      }
      const told = known.run?.(asked.variables);
      if (told !== undefined) return told;
      leftToReference++;
      return reference(asked);
    },
  };
}

function readable(schema: GraphQLSchema, query: string): DocumentNode | undefined {
  try {
    const document = parse(query);
    return validate(schema, document).length === 0 ? document : undefined;
  } catch {
    return undefined;
  }
}

function schemaOf(name: SubgraphName, things: Things): GraphQLSchema {
  const resolvers = {
    User: { __resolveReference: ({ id }: { readonly id: unknown }) => things.known('User', id) ?? null },
    Product: {
      __resolveReference: ({ upc, price, weight }: Readonly<Record<string, unknown>>) => {
        const known = things.known('Product', upc);
        return known === undefined ? null : { ...known, shippingEstimate: shippingOf(price, weight) };
      },
    },
    Review: { __resolveReference: ({ id }: { readonly id: unknown }) => things.known('Review', id) ?? null },
  };
  const typeDefs = parse(laws[name]);
  const here = Object.entries(resolvers).filter(([type]) => new RegExp(`type ${type} @key`).test(laws[name]));
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: Object.fromEntries(here) }]);
  // As it was written: gateways of Federation 1 do not read how the library would print it.
  Object.assign(schema.getQueryType()?.getFields()['_service'] ?? {}, { resolve: () => ({ sdl: laws[name] }) });
  return schema;
}
