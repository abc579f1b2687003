/**
 * Stages and states that @notice and @deal give are on the hub's lists, and the codes they stand for on the field's own.
 * @see schema/codes/NOTICE_STAGE.json, schema/codes/DEAL_STATE.json
 */
import type { BoardMapping, Dataset } from '../../contract.ts';
import { readCondition } from '../../validate/condition.ts';
import { type Board, type MappingPlace, mappingsOf } from '../board-mappings.ts';
import type { Fault } from '../finding.ts';
import type { Lint, ReadLaw } from '../lint.ts';

interface Values {
  /** The value that holds otherwise, the field that decides, and what its codes mean. */
  readonly one: string;
  readonly by: string;
  readonly many: string;
  readonly list: string;
}

/** A value given, for a code of a field. */
interface Given {
  readonly argument: string;
  readonly text: string;
  /** Undefined where the value holds whatever the code. */
  readonly code: string | undefined;
  /** Undefined where there is a code only. */
  readonly value: string | undefined;
  readonly by: string | undefined;
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
  const { list } = values[board];
  return given(mapping, values[board]).flatMap(({ argument, text, code, value, by }) => {
    if (value !== undefined && !law.codes.isKnown(list, value)) {
      return [
        {
          ...place,
          zh: `@${board} 的 ${argument} 写了「${text}」，代码表 ${list} 没有 ${value}，公告板上会显示一个没有名称的代码。请用该表的值，或先给表加值。`,
          en: `${argument} of @${board} says «${text}»; ${value} is not on the list ${list}, and the board would show a code without a label. Use one of the list, or add it there first.`,
        },
      ];
    }
    if (code === undefined || isDecidable(law, dataset, { code, by })) return [];
    return [
      {
        ...place,
        zh: `@${board} 的 ${argument} 写了「${text}」，但没有写明由哪个字段决定，或该字段的代码表没有 ${code}，这一条永远不会用到。请改正。`,
        en: `${argument} of @${board} says «${text}», but names no field that decides it, or ${code} is not on that field's list, so it would never apply. Correct it.`,
      },
    ];
  });
}

function given(mapping: BoardMapping, { one, by, many }: Values): readonly Given[] {
  const [single, decider, pairs, unless] = [mapping[one], mapping[by], mapping[many], mapping['opensUnless']];
  const condition = typeof unless === 'string' ? readCondition(unless) : undefined;
  return [
    ...(typeof single === 'string' ? [{ argument: one, text: single, code: undefined, value: single, by: undefined }] : []),
    ...(typeof pairs === 'object' ? pairs : []).map((text) => {
      const [code = '', value = ''] = text.split('=');
      return { argument: many, text, code, value, by: typeof decider === 'string' ? decider : undefined };
    }),
    ...(condition?.values ?? []).map((code) => ({
      argument: 'opensUnless',
      text: String(unless),
      code,
      value: undefined,
      by: condition?.code,
    })),
  ];
}

function isDecidable(law: ReadLaw, dataset: Dataset, { code, by }: { readonly code: string; readonly by: string | undefined }): boolean {
  if (by === undefined) return false;
  // A field that does not exist is told by a lint of its own.
  const list = dataset.fields.find(({ name }) => name === by)?.wire[0]?.list ?? '';
  return !law.codes.complete(list) || law.codes.isKnown(list, code);
}
