/**
 * All about one dataset: what it is, its key and why, who may read it, its fields, relations and a sample.
 * @see design/architecture.md «Record»; issue 3 «data dictionary»
 */
import type { Contract, Dataset } from '../../contract.ts';
import { defaultOrder } from '../../expand-contract.ts';
import { plural, singular } from '../../naming.ts';
import { type Dictionary, fieldFragment } from '../model/dictionary.ts';
import { tiesOf } from '../model/ties.ts';
import { told } from '../model/told.ts';
import { boardFacts } from './board-facts.ts';
import { fieldTable } from './field-table.ts';
import { english, inBoth, milestoneWords, provincialMark, visibilityMark, visibilityWords } from './labels.ts';
import { type Content, type Markup, between, markup } from './markup.ts';
import { datasetDrawing } from './relation-drawings.ts';
import { ruleList } from './rule-list.ts';
import { sampleBlock } from './sample-block.ts';

/** @returns The section, to be found at `#dataset-<code>`. */
export function datasetSection(dictionary: Dictionary, contract: Contract, dataset: Dataset): Markup {
  const { name, note, en } = told(dataset.description);
  const id = `dataset-${dataset.code}`;
  return markup`<section class="chapter" id="${id}" aria-labelledby="${id}-name">
<h2 id="${id}-name"><a class="self" href="#${id}">${name}</a> <code>${dataset.code}</code></h2>
<p>${note === '' ? '' : `${note}。`}${english(en)}</p>
<dl class="facts">
${facts(contract, dataset).map(([term, about]) => markup`<dt>${term}</dt><dd>${about}</dd>\n`)}</dl>
${fieldTable(dictionary, dataset)}
${tiesOf(contract, dataset).length === 0 ? '' : markup`<h3>关系 <span class="en" lang="en">Relations</span></h3>${datasetDrawing(contract, dataset)}`}
${ruleList(dataset)}
<h3>样例 <span class="en" lang="en">Sample</span></h3>
${sampleBlock(contract, dataset, dictionary.codes)}
</section>
`;
}

function facts({ name }: Contract, dataset: Dataset): readonly (readonly [string, Content])[] {
  const all: readonly (readonly [string, Content])[] = [
    ['编号 No.', dataset.no],
    ['图类型 Type', markup`<code>${dataset.type}</code>`],
    ['查询 Ask', roots(dataset)],
    ['报文 Message', markup`<a href="/schemas/${name}/${dataset.code}.xsd">${dataset.code}.xsd</a>`],
    ['键 Key', keyFact(dataset)],
    ['公开 Visible', visibilityFact(dataset)],
    ['封存 Sealed', sealFact(dataset)],
    ['范围 Scope', scopeFact(dataset)],
    ...boardFacts(dataset),
  ];
  return all.filter(([, about]) => about !== undefined);
}

function roots(dataset: Dataset): Content {
  const { type, byCode } = dataset;
  const order = defaultOrder(dataset);
  return between(' · ', [
    markup`<code>${plural(type)}(filter, order = ${order}, first, after)</code>`,
    markup`<code>${singular(type)}(id)</code>`,
    byCode === undefined ? undefined : markup`<code>${singular(type)}ByCode(code)</code>`,
  ]);
}

function keyFact(dataset: Dataset): Markup {
  const said =
    dataset.key.length === 0
      ? markup`须有发送方的 <code>DATA_KEY</code>：没有可作键的字段。`
      : markup`发送方的 <code>DATA_KEY</code>；没有时用 ${between(
          ' + ',
          dataset.key.map((code) => keyField(dataset, code)),
        )}。`;
  return markup`${said}<p>${inBoth(dataset.why)}</p>`;
}

function keyField(dataset: Dataset, code: string): Content {
  const field = dataset.fields.find(({ wire }) => wire.some((candidate) => candidate.code === code));
  if (field === undefined) return markup`<code>${code}</code>`;
  return markup`<a href="#${fieldFragment(dataset, field)}"><code>${code}</code></a>（${told(field.description).name}）`;
}

function visibilityFact({ fields }: Dataset): Content {
  return between(
    ' ',
    Object.keys(visibilityWords).map((level) => {
      const count = fields.filter(({ visibility }) => visibility === level).length;
      return count === 0 ? undefined : markup`${visibilityMark(level)}${count} 个字段`;
    }),
  );
}

function sealFact({ sealed, fields }: Dataset): Content {
  if (sealed !== undefined) {
    const { zh, en } = milestoneWords[sealed.until];
    return markup`<span class="mark sealed">整条${zh}</span> 依标的 <code>${sealed.lot}</code>，对任何身份都一样。${english(`Every record is ${en}, for everyone.`)}`;
  }
  const hidden = fields.filter((field) => field.sealed !== undefined);
  if (hidden.length === 0) return undefined;
  return between(
    '；',
    hidden.map(
      (field) =>
        markup`${told(field.description).name} <span class="mark sealed">${milestoneWords[field.sealed?.until ?? 'RESULT'].zh}</span>`,
    ),
  );
}

function scopeFact(dataset: Dataset): Content {
  if (!dataset.national)
    return markup`${provincialMark(false)} 本省（枢纽）的数据集，不在国家标准内。${english('Provincial: no dataset of the national standard.')}`;
  const added = dataset.fields.filter(({ wire }) => wire.some(({ national }) => !national)).length;
  return added === 0
    ? markup`国家标准 ${english('National.')}`
    : markup`国家标准，其中 ${added} 个字段为省增 ${provincialMark(false)}${english(`National, with ${added} provincial fields.`)}`;
}
