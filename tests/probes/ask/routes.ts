/**
 * Ways to a record: lists, single records, business codes, relations in both directions, the board's full record.
 */
import { type Dataset, plural, singular } from '@hub/schema';

import { type Making, type Written, companyDatasets, datasetsByType, isRecord, strictest } from './probe.ts';

/** How far a way may still lead. */
interface Way extends Making {
  readonly steps: number;
}

/** @returns A selection of records around one of records they lead to; undefined where this way does not exist. */
type Step = (dataset: Dataset, inner: Written, way: Way) => Written | undefined;

/** @returns A root selection that leads to records of the dataset. */
export function writeRoute(dataset: Dataset, inner: Written, making: Making): Written {
  return writeSteps(dataset, inner, { ...making, steps: 3 });
}

function writeSteps(dataset: Dataset, inner: Written, way: Way): Written {
  const possible = way.steps > 0 ? [...roots, throughRelation, throughRelation, throughRecord, throughParty, throughParty] : roots;
  for (const step of way.throws.shuffle(possible)) {
    const written = step(dataset, inner, way);
    if (written !== undefined) return written;
  }
  return inner;
}

const mostLevels = 5;

const roots: readonly Step[] = [
  ({ type }, inner, { throws, writer }) => {
    // Lists in lists in lists are too large a question for a long page.
    const size = throws.pick(inner.text.split('{').length > mostLevels ? [3] : [100, 40, 3]);
    const first = throws.chance(0.5) ? String(size) : writer.variable('Int!', size);
    const rows = throws.pick([
      `nodes { ${inner.text} }`,
      `edges { node { ${inner.text} } }`,
      `edges { cursor late node { ${inner.text} } } totalCount pageInfo { endCursor }`,
    ]);
    return { ...inner, text: `${writer.name('r')}: ${plural(type)}(first: ${first}) { ${rows} }` };
  },
  ({ type }, inner, { throws, writer, ids }) => {
    const known = ids.get(type) ?? [];
    if (known.length === 0) return undefined;
    const id = throws.pick(known);
    return {
      ...inner,
      text: `${writer.name('r')}: ${singular(type)}(id: ${throws.chance(0.5) ? JSON.stringify(id) : writer.variable('ID!', id)}) { ${inner.text} }`,
    };
  },
  ({ type, byCode, fields }, inner, { throws, writer, codes }) => {
    const known = codes.get(type) ?? [];
    const field = fields.find(({ name }) => name === byCode);
    if (field === undefined || known.length === 0) return undefined;
    const code = JSON.stringify(throws.pick(known));
    return {
      text: `${writer.name('r')}: ${singular(type)}ByCode(code: ${code}) { ${inner.text} }`,
      needs: strictest(field.visibility, inner.needs),
    };
  },
];

const throughRelation: Step = (dataset, inner, way) => {
  const leading = [...datasetsByType().values()].flatMap((from) =>
    from.fields.filter(({ relation, graphType }) => relation !== undefined && graphType === dataset.type).map((field) => ({ from, field })),
  );
  if (leading.length === 0) return undefined;
  const { from, field } = way.throws.pick(leading);
  const text = `${alias(way)}${field.name} { ${inner.text} }`;
  return writeSteps(from, { text, needs: strictest(field.visibility, inner.needs) }, { ...way, steps: way.steps - 1 });
};

/** The board's notices and deals lead to full records of any type, through an interface. */
const throughRecord: Step = (dataset, inner, way) => {
  const from = datasetsByType().get(way.throws.pick(['Notice', 'Deal']));
  if (from === undefined || dataset.type === 'Notice' || dataset.type === 'Deal' || !isRecord(dataset)) return undefined;
  const typed = `... on ${dataset.type} { ${inner.text} }`;
  const shown = way.throws.pick([
    typed,
    `__typename ${typed}`,
    `${way.writer.name('i')}: id ${way.writer.name('w')}: warnings { rule field message } ${typed}`,
    `... on Record { ${typed} }`,
  ]);
  return writeSteps(from, { ...inner, text: `${alias(way)}record { ${shown} }` }, { ...way, steps: 0 });
};

/** The parties of any record lead to the register of companies. */
const throughParty: Step = (dataset, inner, way) => {
  if (!companyDatasets().includes(dataset)) return undefined;
  const leading = [...datasetsByType().values()].flatMap((from) =>
    from.fields.filter(({ graphType }) => graphType === 'Party').map((field) => ({ from, field })),
  );
  const { from, field } = way.throws.pick(leading);
  const text = `${alias(way)}${field.name} { ${way.throws.pick(['', '__typename name '])}${alias(way)}entity { ${inner.text} } }`;
  return writeSteps(from, { text, needs: strictest(field.visibility, inner.needs) }, { ...way, steps: way.steps - 1 });
};

function alias({ throws, writer }: Way): string {
  return throws.chance(0.3) ? `${writer.name('a')}: ` : '';
}
