/**
 * Order values have names of their own: `openingAt` and `opening` would both give `OPENING_DESC`.
 * @see design/graph.md «Shape»
 */
import { orderName } from '../../naming.ts';
import type { Lint } from '../lint.ts';
import { atField, datasetsOf, fieldsIn } from '../places.ts';

/** Every record can be ordered by when it was received. */
const received = 'RECEIVED';

export const nameOrderClash: Lint = {
  code: 'NAME_ORDER_CLASH',
  find: (law) =>
    datasetsOf(law).flatMap((dataset) => {
      const ordered = fieldsIn(dataset).filter(({ field }) => field.orderable);
      const names = ordered.map(({ field }) => orderName(field.name));
      return ordered
        .filter((_, index) => names[index] === received || names.indexOf(names[index] ?? '') !== index)
        .map((place) => ({
          ...atField(place),
          zh: `排序值 ${orderName(place.field.name)}_ASC、_DESC 已有（去掉 At 后重名，RECEIVED 归接收时间），按它排序就分不清是哪个字段。请给字段换名，或去掉 order。`,
          en: `There already are order values ${orderName(place.field.name)}_ASC and _DESC (names lose their At; RECEIVED is the time of receipt), and nothing would tell which field is meant. Rename the field, or drop order.`,
        }));
    }),
};
