/**
 * Stages and states that @notice and @deal give are on the hub's lists, and the codes they stand for on the field's own.
 * @see schema/codes/NOTICE_STAGE.json, schema/codes/DEAL_STATE.json
 */
import type { Fault } from '../finding.ts';
import type { Lint, ReadLaw } from '../lint.ts';
import { type Board, type MappingPlace, mappingsOf } from '../board-mappings.ts';

interface Values {
  /** The value that holds otherwise, the field that decides, and what its codes mean. */
  readonly one: string;
  readonly by: string;
  readonly many: string;
  readonly list: string;
}

const values: Readonly<Record<Board, Values>> = {
  notice: { one: 'stage', by: 'stageBy', many: 'stages', list: 'NOTICE_STAGE' },
  deal: { one: 'state', by: 'stateBy', many: 'states', list: 'DEAL_STATE' },
};

export const boardValueUnknown: Lint = {
  code: 'BOARD_VALUE_UNKNOWN',
  find: (law) => mappingsOf(law).flatMap((mapping) => faultsOf(law, mapping)),
};

function faultsOf(law: ReadLaw, { dataset, board, mapping, place }: MappingPlace): readonly Fault[] {
  const { one, by, many, list } = values[board];
  const single = mapping[one];
  const pairs = mapping[many];
  const texts = [...(typeof single === 'string' ? [`=${single}`] : []), ...(Array.isArray(pairs) ? pairs : [])];
  const decider = dataset.fields.find(({ name }) => name === mapping[by]);
  const codeList = decider?.wire[0]?.list ?? '';
  return texts.flatMap((text) => {
    const [code = '', value = ''] = text.split('=');
    const known = law.codes.isKnown(list, value);
    const decidable = code === '' || (decider !== undefined && (!law.codes.complete(codeList) || law.codes.isKnown(codeList, code)));
    if (known && decidable) return [];
    return [
      {
        ...place,
        zh: known
          ? `@${board} 的 ${many} 写了「${text}」，但 ${by} 没有指明字段，或代码表 ${codeList} 没有 ${code}，这一条永远不会用到。请改正。`
          : `@${board} 写了 ${value}，代码表 ${list} 没有这个值，看板上会显示一个没有名称的代码。请用该表的值，或先给表加值。`,
        en: known
          ? `${many} of @${board} says «${text}», but ${by} names no field, or ${code} is not on its list ${codeList}, so it would never apply. Correct it.`
          : `@${board} says ${value}, which is not on the list ${list}; the board would show a code without a label. Use one of the list, or add it there first.`,
      },
    ];
  });
}
