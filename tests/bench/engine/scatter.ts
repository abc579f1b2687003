/**
 * Twenty-six systems for one question: each executes a question once and says the same from then on, whatever word is searched
 * for. They verify nothing, so that what is measured is the gateway.
 */
import { graphql, type GraphQLSchema } from 'graphql';
import { z } from 'zod';

import { codeAt, noticeEdges, noticeSchema } from '../notice-page.ts';
import { pageSize } from './questions.ts';

const count = 26;
const rows = pageSize + 1;

/** One of the systems. */
export interface ScatterSystem {
  readonly code: string;
  readonly answer: (body: Buffer) => string | Promise<string>;
}

const question = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() });

/** @returns The systems. What they serve is read when the first of them is asked. */
export function openScatter(): readonly ScatterSystem[] {
  let schema: GraphQLSchema | undefined;
  return Array.from({ length: count }, (_, place) => {
    const code = codeAt(place);
    const answers = new Map<string, string>();
    const execute = async (key: string, body: string): Promise<string> => {
      schema ??= noticeSchema().schema;
      const { query, variables } = question.parse(JSON.parse(body));
      const contextValue = { code, place, rows };
      const answer = JSON.stringify(await graphql({ schema, source: query, variableValues: variables, contextValue }));
      answers.set(key, answer);
      return answer;
    };
    return {
      code,
      answer(bytes) {
        const body = bytes.toString();
        const key = body.replace(searchedWord, '');
        return answers.get(key) ?? execute(key, body);
      },
    };
  });
}

/** As in the variants of the question. */
const searchedWord = /"w\d+"/;

/** @returns What answers the page, whatever word is searched for. */
export function scatterAnswer(): string {
  const all = Array.from({ length: count }, (_, place) => noticeEdges({ code: codeAt(place), place, rows })).flat();
  const nodes = all
    .map(({ node }) => node)
    .toSorted((one, other) => (one.publishedAt < other.publishedAt ? 1 : -1))
    .slice(0, pageSize)
    .map(({ id, title, publishedAt, stage, category, region, system }) => {
      const named = { stage: { label: stage.label }, category: { label: category.label }, region: { name: region.name } };
      return { id, title, publishedAt, ...named, system };
    });
  return JSON.stringify({ data: { notices: { nodes, pageInfo: { hasNextPage: true }, coverage: { complete: true } } } });
}
