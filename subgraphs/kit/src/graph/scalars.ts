/**
 * The contracts' scalars, read as the law says.
 * @see design/graph.md «Types»
 */
import { HubError, type ScalarText, scalarTexts } from '@hub/schema';
import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';

function scalar(name: string, { read, example }: ScalarText): GraphQLScalarType {
  const parse = (value: unknown): string => {
    const text = typeof value === 'string' ? read(value) : undefined;
    if (text === undefined) {
      throw new HubError('FILTER_INVALID', { zh: `${name} 的值无效，应为 ${example}。`, en: `Not a ${name}: expected ${example}.` });
    }
    return text;
  };
  return new GraphQLScalarType({
    name,
    serialize: String,
    parseValue: parse,
    parseLiteral: (node: ValueNode) =>
      parse(node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : undefined),
  });
}

/** Scalars by name. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = Object.fromEntries(
  [...scalarTexts].map(([name, text]) => [name, scalar(name, text)]),
);
