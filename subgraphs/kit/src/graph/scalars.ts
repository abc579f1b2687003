/**
 * The contracts' scalars. Instants and days a client sends are read strictly; identifiers are text, for a wrong check
 * character is a warning on a record and no reason to refuse a question.
 * @see design/graph.md «Types»
 */
import { HubError, isDecimal, parseDate, parseInstant } from '@hub/schema';
import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/** Characters; no number of the standard comes near. */
const longestNumber = 100;

function scalar(name: string, read: (text: string) => string | undefined, form: string): GraphQLScalarType {
  const parse = (value: unknown): string => {
    const text = typeof value === 'string' ? read(value) : undefined;
    if (text === undefined) {
      throw new HubError('FILTER_INVALID', { zh: `${name} 的值无效，应为 ${form}。`, en: `Not a ${name}: expected ${form}.` });
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

const asIs = (text: string): string => text;

/** Scalars by name. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  DateTime: scalar('DateTime', parseInstant, '2026-01-31T09:00:00+08:00'),
  Date: scalar('Date', parseDate, '2026-01-31'),
  Decimal: scalar('Decimal', (text) => (text.length <= longestNumber && isDecimal(text) ? text : undefined), '"12.5"'),
  ...Object.fromEntries(
    ['ProjectCode', 'TenderProjectCode', 'BidSectionCode', 'UnifiedDealCode', 'InvestmentCode', 'CreditCode'].map((name) => [
      name,
      scalar(name, asIs, 'text'),
    ]),
  ),
};
