/**
 * Directives are used as schema/directives.graphql defines them: known, in their place, once, with valid arguments.
 */
import { type ConstDirectiveNode, type GraphQLDirective, GraphQLError, buildASTSchema, concatAST, getArgumentValues } from 'graphql';

import { type Element, elementsOf } from '../elements.ts';
import type { Lint } from '../lint.ts';

/** Of GraphQL and of federation; composition checks how they are used. */
const foreign: ReadonlySet<string> = new Set([
  'deprecated',
  'specifiedBy',
  'oneOf',
  'key',
  'shareable',
  'external',
  'requires',
  'provides',
]);

export const directiveInvalid: Lint = {
  code: 'DIRECTIVE_INVALID',
  find: (law) => {
    const schema = buildASTSchema(concatAST([law.directives, law.shared]), { assumeValidSDL: true });
    const known = new Map(schema.getDirectives().map((directive) => [directive.name, directive]));
    return elementsOf(law).flatMap((element) =>
      element.directives
        .filter(({ name }) => !foreign.has(name.value))
        .flatMap((node) => {
          const reason = faultOf(element, node, known.get(node.name.value));
          const name = `@${node.name.value}`;
          if (reason === undefined) return [];
          const { contract, type, field } = element;
          return [
            {
              contract,
              type,
              ...(field === undefined ? {} : { field }),
              node,
              zh: `指令 ${name} 用法有误：${reason.zh}。不认识的写法会被忽略，字段随之失去公开范围或填报规则；请按 schema/directives.graphql 改正。`,
              en: `${name} is used wrongly: ${reason.en}. What is not understood is ignored, and the field loses its visibility or wire form; write it as schema/directives.graphql defines it.`,
            },
          ];
        }),
    );
  },
};

function faultOf(
  element: Element,
  node: ConstDirectiveNode,
  definition: GraphQLDirective | undefined,
): { readonly zh: string; readonly en: string } | undefined {
  if (definition === undefined) return { zh: '没有这个指令', en: 'there is no such directive' };
  if (!definition.locations.includes(element.location)) return { zh: '不能写在这里', en: 'it may not stand here' };
  const first = element.directives.find(({ name }) => name.value === node.name.value);
  if (first !== node && !definition.isRepeatable) return { zh: '只能写一次', en: 'it may stand once only' };
  const stray = node.arguments?.find(({ name }) => !definition.args.some((argument) => argument.name === name.value));
  if (stray !== undefined) return { zh: `没有参数 ${stray.name.value}`, en: `it has no argument ${stray.name.value}` };
  try {
    getArgumentValues(definition, node);
    return undefined;
  } catch (cause) {
    if (!(cause instanceof GraphQLError)) throw cause;
    return { zh: `参数不合定义（${cause.message}）`, en: `its arguments do not fit (${cause.message})` };
  }
}
