/**
 * Everything a caller of some level may ask for, asked for: all lists with all their fields, all systems.
 */
import { type Dataset, type Field, plural } from '@hub/schema';

import { at } from '../../support/parse-json.ts';
import { type Level, levels } from '../../support/query/law-schema.ts';
import type { Caller } from './callers.ts';
import { companyDatasets, datasetsByType } from './probe.ts';
import { type Answered, type Asker, errorCodesIn, parsed, requestOf } from './send.ts';

const parts: Readonly<Record<string, string>> = {
  Code: '{ code label }',
  Region: '{ code name }',
  Money: '{ yuan amount currency { code } unit { code } form { code } text }',
  Party: '{ name code kind { code } role { code } entity { code } }',
  Record: '{ id }',
};

/** What is asked for. */
export interface Sweep {
  readonly level: Level;
  readonly caller: Caller;
  /** Whose records are asked for; everybody's when absent. */
  readonly of?: (dataset: Dataset) => boolean;
}

/** @returns Every answer there is to everything that may be asked. @throws Error when a question is refused. */
export async function sweep(ask: Asker, { level, caller, of = () => true }: Sweep): Promise<readonly Answered[]> {
  const hidden = level === 'PUBLIC' ? '' : 'ownerCode platformCodes';
  const registry = `query($after: String) { systems { code name nameEn owner region { code } contracts state registeredAt ${hidden} } none: notices(first: 1, after: $after) { totalCount } }`;
  const lists = [...datasetsByType().values()].filter(of).map((dataset) => listOf(dataset, level));
  const answers: Answered[] = [];
  for (const query of [registry, ...lists]) {
    let after: string | null = null;
    do {
      const answer = await told(ask(requestOf({ query, variables: { after } }), caller));
      answers.push(answer);
      after = nextIn(answer);
    } while (after !== null);
  }
  return answers;
}

async function told(asked: Promise<Answered>): Promise<Answered> {
  const answer = await asked;
  if (answer.status !== 200 || errorCodesIn(answer).length > 0) throw new Error(`refused: ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer;
}

function nextIn({ text }: Answered): string | null {
  const page = at(parsed(text), 'data', 'list', 'pageInfo');
  return at(page, 'hasNextPage') === true ? String(at(page, 'endCursor')) : null;
}

/** @returns Everything that the parties of these records lead to, beside the records themselves. */
export async function sweepParties(ask: Asker, { level, caller, of = () => true }: Sweep): Promise<readonly Answered[]> {
  const visible = ({ visibility }: Field): boolean => levels.indexOf(visibility) <= levels.indexOf(level);
  const companies = companyDatasets().map((dataset) => {
    const relations = dataset.fields.filter(visible).flatMap(({ name, graphType, relation }) => {
      const to = relation === undefined ? undefined : datasetsByType().get(graphType);
      return to === undefined ? [] : [`${name} { ${rowOf(to, level)} }`];
    });
    return `entity { ${rowOf(dataset, level)} ${relations.join(' ')} }`;
  });
  const lists = [...datasetsByType().values()].filter(of).flatMap(({ type, fields }) => {
    const parties = fields.filter(visible).filter(({ graphType }) => graphType === 'Party');
    return parties.map(({ name }) => `{ list: ${plural(type)}(first: 5) { nodes { ${name} { ${companies.join(' ')} } } } }`);
  });
  const answers: Answered[] = [];
  for (const query of lists) answers.push(await told(ask(requestOf({ query, variables: {} }), caller)));
  return answers;
}

function listOf(dataset: Dataset, level: Level): string {
  const row = rowOf(dataset, level);
  return `query($after: String) { list: ${plural(dataset.type)}(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { ${row} } } } }`;
}

function rowOf(dataset: Dataset, level: Level): string {
  const fields = dataset.fields
    .filter(({ visibility, relation }) => relation === undefined && levels.indexOf(visibility) <= levels.indexOf(level))
    .map((field) => `${field.name} ${partsOf(field)}`);
  return `id system { code } origin source { kind name url } receivedAt warnings { rule field message } ${fields.join(' ')}`;
}

function partsOf({ graphType }: Field): string {
  return parts[graphType] ?? '';
}
