/**
 * One record by its id, which names the one system that can have it.
 * @see design/partitioning.md «Operators»
 */
import { decodeRecordId, HubError } from '@hub/schema';
import { getNamedType, isObjectType } from 'graphql';

import { serves, unknownSystem } from '../route/table.ts';
import { absenceError } from './absence-error.ts';
import { askRound } from './ask.ts';
import { argumentsOf, type FieldProgram, type RootField } from './program.ts';
import { shownError } from './raw-error.ts';
import { InvalidAnswer } from './reader.ts';
import { compileRecordReader } from './record-reader.ts';
import { errorAt } from './source.ts';
import { prepareField } from './upstream.ts';

/** @returns The program of a `@route(by: SINGLE)` field. */
export function compileSingle(root: RootField): FieldProgram {
  const { schema, field, collected, systems } = root;
  const type = getNamedType(field.type);
  if (!isObjectType(type)) throw new TypeError(`${field.name} returns no record`);
  const reader = compileRecordReader(type, collected.selections, { schema, where: field.name, nameOf: systems.nameOf });
  const upstream = prepareField(field, reader.selections, root);

  return async (run) => {
    const args = argumentsOf(root, run);
    const id = String(args['id']);
    const decoded = decodeRecordId(id);
    if (decoded === undefined || decoded.type !== type.name) throw invalidId(type.name);
    const row = systems.rows.find(({ code }) => code === decoded.system);
    if (row === undefined) throw unknownSystem([decoded.system]);
    if (!serves(row, root)) return { value: null, errors: [] };

    const round = await askRound([row], {
      ...root,
      call: run.call,
      body: () => upstream.body(args, run.variables),
      read: (answer, { code }) => {
        const record = reader.read(answer, code);
        if (record !== undefined && record.id !== id) throw new InvalidAnswer(`${field.name} is another record`);
        return { record };
      },
    });
    const [absence] = round.absent;
    if (absence !== undefined) throw round.faults[0] ?? absenceError(absence);
    const record = round.answers.get(row.code)?.record;
    const errors = (record?.errors ?? []).map((error) => errorAt(shownError(error, row), [collected.key, ...error.path]));
    return { value: record?.value ?? null, errors };
  };
}

/** The refusal of an id that is none of this type. */
export function invalidId(type: string): HubError {
  return new HubError('ID_INVALID', { zh: `这不是 ${type} 的标识。`, en: `This is no id of a ${type}.` });
}
