/**
 * What a question's answer has to be: by graphql-js over the same things, without federation.
 */
import { Supergraph } from '@apollo/federation-internals';
import { graphqlSync } from 'graphql';

import { composedShops } from './laws.ts';
import { questions } from './questions.ts';
import { scatterAnswer } from './scatter.ts';
import { rootsOf, type Stock } from './shops.ts';

/** @returns What answers a question, as text. @throws Error when it is not answered in full. */
export function expectedAnswers(stock: Stock): (query: string, variables: Readonly<Record<string, unknown>>) => string {
  const nowhere = 'http://127.0.0.1:9';
  const supergraph = composedShops([
    { name: 'accounts', url: nowhere },
    { name: 'products', url: nowhere },
    { name: 'inventory', url: nowhere },
    { name: 'reviews', url: nowhere },
  ]);
  const schema = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();
  const rootValue = rootsOf(stock);
  return (source, variableValues) => {
    // By another law, and the same whatever is searched for.
    if (source === questions.scatter.query) return scatterAnswer();
    const answer = graphqlSync({ schema, source, rootValue, variableValues });
    if (answer.errors !== undefined) throw new Error(answer.errors.map(({ message }) => message).join('; '));
    return JSON.stringify(answer);
  };
}
