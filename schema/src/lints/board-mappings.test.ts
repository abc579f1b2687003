import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';

import { sharedFiles } from '../../generated/law-files.ts';
import { law } from '../law.ts';

/** Arguments of a directive that name no field of the board: they locate the row, or decide a stage, a state, an opening. */
function others(directive: string, type: string): readonly string[] {
  const definition = parse(sharedFiles.directives).definitions.find(
    (node) => node.kind === Kind.DIRECTIVE_DEFINITION && node.name.value === directive,
  );
  const fields = law()
    .contracts.flatMap(({ contract }) => contract.datasets)
    .find((dataset) => dataset.type === type)?.fields;
  const names = definition?.kind === Kind.DIRECTIVE_DEFINITION ? (definition.arguments ?? []).map(({ name }) => name.value) : [];
  return names.filter((name) => !fields?.some((field) => field.name === name));
}

test("an argument of @notice or @deal that fills the board fills the board's field of its own name", () => {
  expect({ notice: others('notice', 'Notice'), deal: others('deal', 'Deal') }).toEqual({
    notice: ['stageBy', 'stages', 'lots', 'lotsIn', 'project'],
    deal: ['lot', 'lotIn', 'isLot', 'project', 'count', 'each', 'otherwise', 'opensUnless', 'stateBy', 'states'],
  });
});
