/**
 * Ready-made queries for the explorer. They name what a province trades, so its folder brings them; only those that the
 * supergraph in service can answer are shown.
 * @see the province folder's README
 */
import { type GraphQLSchema, Kind, parse, validate } from 'graphql';

/** A tab of the explorer. */
export interface Example {
  readonly query: string;
  /** Name of its operation, which GraphQL allows in ASCII only. */
  readonly operation: string | undefined;
  /** What the tab is called: the first line of the text, a comment. */
  readonly label: string | undefined;
}

const elsewhere: Example = {
  query: `# 在此输入查询，点击 ▶ 运行。左上角可打开文档。
# Type a query here and run it with ▶; the documentation is at the top left.
{
  __typename
}
`,
  operation: undefined,
  label: undefined,
};

/**
 * @param texts - GraphQL documents in the order in which they are shown.
 * @returns Those that are valid queries of this schema; one that always is when there are none.
 */
export function examplesFor(schema: GraphQLSchema, texts: readonly string[]): readonly Example[] {
  const valid = texts.flatMap((text) => {
    const document = parse(text);
    if (validate(schema, document).length > 0) return [];
    const [operation] = document.definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : []));
    return [{ query: text, operation, label: /^#\s*(.+)$/.exec(text.split('\n', 1)[0] ?? '')?.[1] }];
  });
  return valid.length === 0 ? [elsewhere] : valid;
}
