/**
 * The first page: all contracts with their datasets, and how to read the rest.
 */
import { type ContractEntry, type Dictionary, contractPath, datasetPlace } from '../model/dictionary.ts';
import { told } from '../model/told.ts';
import { contractFacts } from './contract-page.ts';
import { english, knowledgeWords, milestoneWords, provincialMark, visibilityMark, visibilityWords } from './labels.ts';
import { type Markup, between, markup } from './markup.ts';
import { printPage } from './shell.ts';

/** @returns The page, HTML. */
export function homePage(dictionary: Dictionary): string {
  const datasets = dictionary.contracts.flatMap(({ contract }) => contract.datasets);
  const fields = datasets.reduce((sum, dataset) => sum + dataset.fields.length, 0);
  return printPage({
    title: '契约',
    path: '/dictionary',
    body: [
      markup`<h1>数据字典</h1>
<p>${dictionary.contracts.length} 个契约，${datasets.length} 个数据集，${fields} 个字段，${dictionary.lists.length} 个代码表；标记的含义见<a href="#legend">怎样读</a>。${english('Everything this hub’s systems serve, field by field.')}</p>
`,
      dictionary.contracts.map((entry) => contractCard(dictionary, entry)),
      legend(),
    ],
  });
}

function contractCard(dictionary: Dictionary, { contract, types }: ContractEntry): Markup {
  const own = contract.datasets.length === 0 ? types.map(({ name, about }) => card(dictionary.placeOf(name) ?? '', about.name, name)) : [];
  return markup`<section class="contract" aria-labelledby="contract-${contract.name}"><h2 id="contract-${contract.name}"><a href="${contractPath(contract)}">${contract.title}</a> <code>${contract.name}</code></h2>
<p class="note">${contractFacts(dictionary, contract)}</p>
<ul class="cards">
${contract.datasets.map((dataset) => card(datasetPlace(contract, dataset), [told(dataset.description).name, provincialMark(dataset.national)], dataset.code))}${own}</ul></section>
`;
}

function card(place: string, name: Parameters<typeof between>[1][number], code: string): Markup {
  return markup`<li><a href="${place}"><span>${name}</span><code>${code}</code></a></li>\n`;
}

function legend(): Markup {
  return markup`<section class="chapter" id="legend"><h2>怎样读 <span class="en" lang="en">How to read</span></h2>
<dl class="facts">
<dt>公开 Visible</dt><dd>${between(
    ' ',
    Object.entries(visibilityWords).map(([level, { note, en }]) => markup`${visibilityMark(level)}${note} ${english(en)}`),
  )}<p>筛选、排序、统计等于读取。${english('To filter, order or count by a field is to read it.')}</p></dd>
<dt>封存 Sealed</dt><dd>${between(
    ' ',
    Object.values(milestoneWords).map(({ zh, en }) => markup`<span class="mark sealed">${zh}</span>${english(en)}`),
  )}<p>在此之前任何身份都读不到、数不到。</p></dd>
<dt>代码表 Lists</dt><dd>${Object.entries(knowledgeWords).map(([state, { sign, zh, note, en }]) => markup`<p><span class="mark ${state}">${sign} ${zh}</span> ${note} ${english(en)}</p>`)}</dd>
<dt>国家与省 Scope</dt><dd>未标的属国家标准；${provincialMark(false)} 为一省所增，别处缺少不算违规。${english('Unmarked: national. Marked: one province’s addition.')}</dd>
<dt>键 Key</dt><dd>一条记录靠什么认出。先用发送方的 <code>DATA_KEY</code>，没有时用所列字段。${english('What identifies a record.')}</dd>
<dt>报文 Wire</dt><dd>标准的字段代码，错拼照旧；<a href="/dictionary/types#notation">类型的写法</a>、<a href="/dictionary/types#identifiers">标识规则</a>另有说明；XSD 与 JSON Schema 在各契约页首，共同的是 <a href="/schemas/message.xsd">message.xsd</a>、<a href="/schemas/message.schema.json">message.schema.json</a>。</dd>
</dl></section>`;
}
