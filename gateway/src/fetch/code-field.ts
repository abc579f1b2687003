/**
 * One record by its business code, asked of every system: a code says nothing about where it is kept.
 * @see design/partitioning.md «Code»
 */
import { getNamedType, type GraphQLObjectType, isObjectType } from 'graphql';

import { chooseByCode, uncertainty } from '../merge/code.ts';
import { soonestMs } from '../merge/coverage.ts';
import { compileProjection } from '../merge/project.ts';
import { scopeOf } from '../route/table.ts';
import { askLive } from './ask.ts';
import { argumentsOf, type FieldProgram, type RootField } from './program.ts';
import { shownError } from './raw-error.ts';
import { compileRecordReader } from './record-reader.ts';
import { collectFields } from './selection.ts';
import { errorAt } from './source.ts';
import { prepareField } from './upstream.ts';

/** @returns The program of a `@route(by: CODE)` field. */
export function compileCode(root: RootField): FieldProgram {
  const { schema, field, collected, systems } = root;
  const type = getNamedType(field.type);
  if (!isObjectType(type)) throw new TypeError(`${field.name} returns no record`);
  const reader = compileRecordReader(type, collected.selections, { schema, where: field.name, nameOf: systems.nameOf });
  const upstream = prepareField(field, reader.selections, root);
  const addWarning = compileWarning(root, type);

  return async (run) => {
    const { call, variables } = run;
    const args = argumentsOf(root, run);
    const scope = scopeOf(systems.rows, root, null);
    const round = await askLive(scope, {
      ...root,
      call,
      body: () => upstream.body(args, variables),
      read: (answer, row) => {
        const record = reader.read(answer, row.code);
        return record === undefined ? undefined : { ...record, row };
      },
    });
    const conflicts = round.faults.filter(({ code }) => code === 'CODE_CONFLICT');
    const candidates = [...round.answers.values()].filter((candidate) => candidate !== undefined);
    // Copies that quarrel among themselves are settled by the one original.
    const settled = candidates.filter(({ origin }) => origin === 'ORIGINAL').length === 1;
    const conflict = conflicts.find(({ among }) => among === undefined || !settled);
    if (conflict !== undefined) throw conflict;
    const quarrelling = new Set(conflicts.map(({ system }) => system));
    const absent = round.absent.filter(({ system }) => !quarrelling.has(system.code));
    const missing = absent.map(({ system }) => system.code).toSorted();
    const found = chooseByCode(candidates, missing, soonestMs(absent));
    if (found.record === null) {
      if (found.error !== undefined) throw found.error;
      return { value: null, errors: [] };
    }
    const { record, certain } = found;
    const errors = record.errors.map((error) => errorAt(shownError(error, record.row), [collected.key, ...error.path]));
    if (certain) return { value: record.value, errors };
    const { zh, en } = uncertainty(missing);
    call.notes.remarks.push({ code: 'COVERAGE_INCOMPLETE', message: zh, messageEn: en, path: [collected.key] });
    return { value: addWarning(record.value, zh), errors };
  };
}

/** A record whose `warnings` were asked for says itself that it is not certain: embedders drop `extensions`. */
function compileWarning({ schema, collected }: RootField, type: GraphQLObjectType) {
  const uses = collectFields(schema, type, collected.selections).flatMap(({ key, name, field, selections }) =>
    name === 'warnings' && field !== undefined ? [{ key, project: compileProjection(schema, field.type, selections) }] : [],
  );
  return (record: Record<string, unknown>, message: string): Record<string, unknown> => {
    const added = uses.map(({ key, project }) => {
      const warning = project({ rule: 'COVERAGE_INCOMPLETE', field: null, message });
      const known: unknown = record[key];
      const list: readonly unknown[] = Array.isArray(known) ? known : [];
      return [key, [...list, warning]] as const;
    });
    return { ...record, ...Object.fromEntries(added) };
  };
}
