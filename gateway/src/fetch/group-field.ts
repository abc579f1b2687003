/**
 * Statistics over many systems: every system gives all its groups, they are added up here, and only then anything is chosen.
 * @see design/partitioning.md «Group»
 */
import { HubError } from '@hub/schema';
import { type FieldNode, getNamedType, type GraphQLField, type GraphQLObjectType, isObjectType, Kind } from 'graphql';

import { type Absence, coverageOf, soonestMs } from '../merge/coverage.ts';
import { type Group, type KeyValue, mergeGroups } from '../merge/group.ts';
import { compileProjection } from '../merge/project.ts';
import { mergeRuleOf } from '../plan/marks.ts';
import { scopeOf } from '../route/table.ts';
import { type Answer, askLive } from './ask.ts';
import { argumentsOf, type FieldProgram, type RootField, splitFilter } from './program.ts';
import { compileReader, ForeignAnswer, InvalidAnswer, isObject } from './reader.ts';
import { collectFields, setOf } from './selection.ts';
import { prepareField, rootAlias } from './upstream.ts';

/** @returns The program of a `@route(by: GROUP)` field. */
export function compileGroup(root: RootField): FieldProgram {
  const { schema, field, collected, systems, maxGroups } = root;
  const shape = groupShape(root);
  const upstream = prepareField(field, [named(shape.list.name, [...shape.keys, ...shape.sums])], root);
  const read = compileReader(shape.list.type, [...shape.keys, ...shape.sums], { schema, where: field.name, nameOf: systems.nameOf });
  const project = compileProjection(schema, field.type, collected.selections);

  return async (run) => {
    const args = argumentsOf(root, run);
    checkDimensions(args['by']);
    const filter = splitFilter(args['filter']);
    const scope = scopeOf(systems.rows, root, filter.systems);
    const round = await askLive(scope, {
      ...root,
      call: run.call,
      body: () => upstream.body({ ...args, filter: filter.rest }, run.variables),
      read: (answer, row) =>
        readGroups(answer, shape, (value) => read(value, row.code)).map((group) =>
          ownGroup(group, args['by'], { ...row, where: field.name }),
        ),
    });
    const tooMany = round.faults.find(({ code }) => code === 'GROUPS_TOO_MANY');
    if (tooMany !== undefined) throw tooMany;
    if (round.absent.length > 0 && args['partial'] !== true) throw incomplete(round.absent);
    const groups = mergeGroups(round.answers.values(), maxGroups);
    const coverage = coverageOf(
      scope.filter(({ code }) => round.answers.has(code)),
      round.absent,
    );
    const value = { [shape.list.name]: groups.map(({ keys, sums }) => ({ ...keys, ...sums })), coverage };
    return { value: project(value), errors: [] };
  };
}

/** What systems are asked of each group: all that tells groups apart, and the sums that the client wants. */
interface GroupShape {
  readonly list: GraphQLField<unknown, unknown>;
  readonly keys: readonly FieldNode[];
  readonly sums: readonly FieldNode[];
}

function groupShape({ schema, field, collected }: RootField): GroupShape {
  const type = getNamedType(field.type);
  const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
  for (const list of fields) {
    const group = getNamedType(list.type);
    if (!isObjectType(group) || !isObjectType(type)) continue;
    const parts = Object.values(group.getFields());
    const keys = parts.filter((part) => mergeRuleOf(part) === 'KEY');
    if (keys.length === 0) continue;
    const uses = collectFields(schema, type, collected.selections).filter(({ name }) => name === list.name);
    const wanted = new Set(uses.flatMap(({ selections }) => collectFields(schema, group, selections)).map(({ name }) => name));
    const sums = parts.filter((part) => mergeRuleOf(part) === 'SUM' && wanted.has(part.name));
    return { list, keys: keys.map(leaves), sums: sums.map(({ name }) => named(name)) };
  }
  throw new TypeError(`${field.name} has no groups`);
}

function readGroups({ data, errors }: Answer, { list, keys, sums }: GroupShape, read: (value: unknown) => unknown): readonly Group[] {
  const answer = data[rootAlias];
  if (errors.length > 0 || !isObject(answer)) throw new InvalidAnswer(`${list.name}: groups with errors`);
  const groups = read(answer[list.name] ?? null);
  return (Array.isArray(groups) ? groups : []).filter(isObject).map((group) => ({
    keys: Object.fromEntries(keys.map(({ name }) => [name.value, keyValue(group[name.value])])),
    sums: Object.fromEntries(sums.map(({ name }) => [name.value, sumValue(group[name.value])])),
  }));
}

interface Speaker {
  readonly code: string;
  readonly name: string;
  readonly where: string;
}

/** Where the question is «by system», a system speaks for itself alone, by the name it has in the routing table. */
function ownGroup(group: Group, by: unknown, speaker: Speaker): Group {
  if (!Array.isArray(by) || !by.includes('SYSTEM')) return group;
  // Keys stand in the order of `by`.
  const own = (key: KeyValue): KeyValue =>
    Array.isArray(key) ? key.map((part: unknown, place) => (by[place] === 'SYSTEM' ? ownKey(part, speaker) : keyValue(part))) : key;
  return { ...group, keys: Object.fromEntries(Object.entries(group.keys).map(([name, key]) => [name, own(key)])) };
}

function ownKey(key: unknown, { code, name, where }: Speaker): KeyValue {
  if (!isObject(key) || key['code'] !== code) throw new ForeignAnswer(`${where}: another system's group`);
  return { ...key, label: name };
}

// The reader has checked the types; these only narrow.
function keyValue(value: unknown): KeyValue {
  if (Array.isArray(value)) return value.map(keyValue);
  if (isObject(value)) return value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function sumValue(value: unknown): number | string | null {
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}

function leaves(field: GraphQLField<unknown, unknown>): FieldNode {
  const type = getNamedType(field.type);
  const inner: readonly FieldNode[] = isObjectType(type) ? leafFields(type).map((name) => named(name)) : [];
  return named(field.name, inner);
}

function leafFields(type: GraphQLObjectType): readonly string[] {
  return Object.values(type.getFields())
    .filter((field) => !('getFields' in getNamedType(field.type)))
    .map(({ name }) => name);
}

function named(name: string, inner: readonly FieldNode[] = []): FieldNode {
  const field: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
  return inner.length === 0 ? field : { ...field, selectionSet: setOf(inner) };
}

/** Keys stand in the order of `by`: a dimension said twice would only make every key longer. */
function checkDimensions(by: unknown): void {
  const dimensions = Array.isArray(by) ? by.map(String) : [];
  const repeated = dimensions.find((dimension, place) => dimensions.indexOf(dimension) !== place);
  if (repeated === undefined) return;
  throw new HubError('QUERY_INVALID', {
    zh: `by 中 ${repeated} 重复，每个维度只写一次。`,
    en: `by names ${repeated} more than once; name each dimension once.`,
  });
}

function incomplete(absent: readonly Absence[]): HubError {
  const codes = absent.map(({ system }) => system.code).toSorted();
  return new HubError('COVERAGE_INCOMPLETE', {
    zh: `以下系统未作答，统计不完整：${codes.join('、')}。如可接受不完整的统计，请指定 partial: true。`,
    en: `These systems did not answer, so the statistics would be incomplete: ${codes.join(', ')}. Ask with partial: true to accept that.`,
    retryAfterMs: soonestMs(absent),
  });
}
