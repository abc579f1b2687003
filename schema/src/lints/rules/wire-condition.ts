/**
 * A condition for «required» can be met: it names a wire field of the same dataset and values of its list.
 * @see schema/directives.graphql @wire(requiredWhen:); standard/exchange.md 6
 */
import { readCondition } from '../../validate/condition.ts';
import type { Lint, ReadLaw } from '../lint.ts';
import { type WirePlace, atWire, wiresOf } from '../places.ts';

export const wireCondition: Lint = {
  code: 'WIRE_CONDITION',
  find: (law) =>
    wiresOf(law).flatMap((place) => {
      const reason = reasonAgainst(law, place);
      if (reason === undefined) return [];
      return [
        {
          ...atWire(place),
          zh: `条件必填写得不对：${reason.zh}。这样的条件永远不成立，漏报不会被发现；请写成 requiredWhen: "字段=值|值"。`,
          en: `The condition for «required» is wrong: ${reason.en}. It could never hold and what is missing would pass; write requiredWhen: "FIELD=V|W".`,
        },
      ];
    }),
};

function reasonAgainst(law: ReadLaw, { dataset, wire }: WirePlace): { readonly zh: string; readonly en: string } | undefined {
  if (wire.requiredWhen === undefined) return undefined;
  if (wire.required) return { zh: '字段已是必填，条件多余', en: 'the field is required anyway' };
  const condition = readCondition(wire.requiredWhen);
  if (condition === undefined) return { zh: `「${wire.requiredWhen}」读不懂`, en: `«${wire.requiredWhen}» cannot be read` };
  const named = dataset.fields.flatMap((field) => field.wire).find(({ code }) => code === condition.code);
  if (named === undefined) return { zh: `本数据集没有字段 ${condition.code}`, en: `the dataset has no field ${condition.code}` };
  const list = named.list ?? '';
  const strange = condition.values.find((value) => law.codes.complete(list) && !law.codes.isKnown(list, value));
  return strange === undefined ? undefined : { zh: `代码表 ${list} 没有 ${strange}`, en: `${strange} is not on the list ${list}` };
}
