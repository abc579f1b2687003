/**
 * One request of a control interface, from its bytes to its answer. What a caller may see of a failure is a code of the closed
 * list.
 * @see design/graph.md «Errors»
 */
import { HubError, quoted } from '@hub/schema';
import { graphql, GraphQLError, type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

import { holdsNul, nulInText } from '../graph/mask-error.ts';
import { nestsDeeper } from './nesting.ts';

/** Longest text of a query; what is long travels as a variable. */
const maxQueryLength = 20_000;
/** Variables are a few levels deep. */
const maxLevels = 32;
/** A query nests as deep as the graph's types do; the parser would run out of stack on one that only nests. */
const maxQueryLevels = 100;
/** Each field of the root may be megabytes, and the answer is made in one piece. */
const maxRootFields = 20;
/** Of what graphql-js says: it quotes whole values. */
const mostWords = 500;

interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What answers. */
export interface ControlOptions {
  /** Root fields by name: graphql-js calls them with the arguments and the context. */
  readonly rootValue: object;
  readonly context: object;
  /** Who answers, in Chinese, for the text of a failure. */
  readonly name: string;
  readonly onFault: (cause: unknown) => void;
}

/**
 * Answers one request of a control interface by graphql-js alone.
 * @returns The GraphQL answer.
 * @throws HubError QUERY_INVALID for a body that is none.
 */
export async function answerControl(schema: GraphQLSchema, body: Buffer, options: ControlOptions): Promise<object> {
  const { query, variables } = readQuestion(body);
  const { rootValue, context, ...failing } = options;
  assertFewFields(schema, query);
  const { data, errors } = await graphql({ schema, source: query, variableValues: variables, rootValue, contextValue: context });
  if (errors === undefined) return { data };
  return { ...(data === undefined ? {} : { data }), errors: errors.map((error) => shown(error, failing)) };
}

function readQuestion(body: Buffer): Question {
  if (nestsDeeper(body, maxLevels)) {
    throw new HubError('QUERY_INVALID', {
      zh: `请求正文嵌套超过 ${maxLevels} 层。`,
      en: `The request body nests more than ${maxLevels} levels deep.`,
    });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString());
  } catch (cause) {
    throw new HubError('QUERY_INVALID', { zh: '请求正文不是 JSON。', en: 'The request body is no JSON.', cause });
  }
  const query = typeof parsed === 'object' && parsed !== null && 'query' in parsed ? parsed.query : undefined;
  if (typeof query !== 'string' || query.length > maxQueryLength) {
    throw new HubError('QUERY_INVALID', {
      zh: `请求正文应为 {"query", "variables"}，query 至多 ${maxQueryLength} 个字符，SDL、报文等长文本放在 variables 里。`,
      en: `The body is {"query", "variables"}; the query has at most ${maxQueryLength} characters, what is long goes into the variables.`,
    });
  }
  if (nestsDeeper(Buffer.from(query), maxQueryLevels)) {
    throw new HubError('QUERY_INVALID', {
      zh: `query 嵌套超过 ${maxQueryLevels} 层。`,
      en: `The query nests more than ${maxQueryLevels} levels deep.`,
    });
  }
  const variables = typeof parsed === 'object' && parsed !== null && 'variables' in parsed ? parsed.variables : undefined;
  return { query, variables: typeof variables === 'object' && variables !== null ? { ...variables } : {} };
}

/** Fields that come twice under one name are one; what cannot be parsed is refused later, in graphql-js's words. */
function assertFewFields(schema: GraphQLSchema, query: string): void {
  const roots: ReadonlySet<unknown> = new Set([schema.getQueryType(), schema.getMutationType()]);
  const types = new TypeInfo(schema);
  let fields = 0;
  try {
    visit(parse(query), visitWithTypeInfo(types, { Field: () => void (fields += roots.has(types.getParentType()) ? 1 : 0) }));
  } catch (cause) {
    if (!(cause instanceof GraphQLError)) throw cause;
  }
  if (fields <= maxRootFields) return;
  throw new HubError('QUERY_TOO_LARGE', {
    zh: `一次至多问 ${maxRootFields} 个根字段，现为 ${fields} 个，请分几次问。`,
    en: `At most ${maxRootFields} fields of the root at once, not ${fields}: ask in parts.`,
  });
}

function shown(error: GraphQLError, { name, onFault }: Pick<ControlOptions, 'name' | 'onFault'>): object {
  const inner = innermost(error);
  const original = holdsNul(inner) ? nulInText : inner;
  const place = error.path === undefined ? {} : { path: error.path };
  if (original instanceof HubError) return { ...place, message: original.message, extensions: original.extensions };
  if (original === undefined) {
    const extensions = { code: 'QUERY_INVALID', messageEn: quoted(error.message, mostWords) };
    return { ...place, message: '请求有误，请对照 messageEn 检查语法、字段与变量。', extensions };
  }
  onFault(original);
  return {
    ...place,
    message: `${name}内部错误，请稍后重试。`,
    extensions: { code: 'INTERNAL', messageEn: 'Internal error: try again later.' },
  };
}

/** @returns undefined for what graphql-js itself says of a query. */
function innermost(error: GraphQLError): unknown {
  const { originalError } = error;
  return originalError instanceof GraphQLError ? innermost(originalError) : originalError;
}
