/**
 * The page of one contract.
 */
import type { Contract } from '../../contract.ts';
import { type ContractEntry, type Dictionary, contractPath } from '../model/dictionary.ts';
import { told } from '../model/told.ts';
import { datasetSection } from './dataset-section.ts';
import { directionWords, english, provincialMark } from './labels.ts';
import { type Content, type Markup, between, markup } from './markup.ts';
import { contractDrawing } from './relation-drawings.ts';
import { printPage } from './shell.ts';
import { memberTable, typeSection } from './type-sections.ts';

/** @returns The page, HTML. */
export function contractPage(dictionary: Dictionary, { contract, types, roots }: ContractEntry): string {
  return printPage({
    title: contract.title,
    path: contractPath(contract),
    side: contents(contract, types.length + roots.length > 0),
    body: [
      markup`<h1>${contract.title} <code>${contract.name}</code></h1>
<p>${contractFacts(dictionary, contract)}</p>
${schemaLinks(contract)}`,
      overview(contract),
      contract.datasets.map((dataset) => datasetSection(dictionary, contract, dataset)),
      types.length + roots.length === 0
        ? ''
        : markup`<section class="chapter" id="types"><h2>其他类型与查询 <span class="en" lang="en">Other types and root fields</span></h2>
${roots.length === 0 ? '' : memberTable(dictionary, '查询入口 Root fields', roots)}
${types.map((type) => typeSection(dictionary, type))}</section>`,
    ],
  });
}

/** @returns Version, edition, category, direction, and how much there is, in one line. */
export function contractFacts({ codes }: Dictionary, { version, edition, category, direction, datasets, partitioned }: Contract): Content {
  const fields = datasets.reduce((sum, dataset) => sum + dataset.fields.length, 0);
  return between(' · ', [
    `版本 ${version}`,
    `依 ${edition}`,
    category === undefined ? undefined : `类别 ${codes.label('CATEGORY', category) ?? category}`,
    direction === undefined ? undefined : markup`${directionWords[direction].zh} ${english(directionWords[direction].en)}`,
    datasets.length === 0 ? undefined : `${datasets.length} 个数据集，${fields} 个字段`,
    partitioned ? undefined : '一处提供，不分系统',
  ]);
}

/** Where the gateway serves the forms of the contract's messages. */
function schemaLinks({ name, datasets }: Contract): Content {
  if (datasets.length === 0) return '';
  return markup`<p class="note">报文形式 ${english('Forms of messages')}：<a href="/schemas/${name}.schema.json">JSON Schema</a> · <a href="/schemas/${name}.xsd">XSD</a>（类型；各数据集的见其「报文 Message」 ${english('types; each dataset names its own')}）</p>
`;
}

function overview(contract: Contract): Content {
  const drawn = contractDrawing(contract);
  if (drawn.html === '') return '';
  return markup`<section id="overview"><h2>关系总图 <span class="en" lang="en">Relations</span></h2>
<p class="note">每个数据集挂在与它最近的一个之下；<code>1 : n</code> 即上一层的一条对应下一层的多条。其余关系见各数据集。<span lang="en">Each dataset hangs on its nearest relative; all relations are at the datasets.</span></p>
${drawn}</section>`;
}

function contents(contract: Contract, more: boolean): Markup {
  return markup`<ol>
${contract.datasets.length < 2 ? '' : markup`<li><a href="#overview">关系总图</a></li>\n`}${contract.datasets.map(
    (dataset) =>
      markup`<li><a href="#dataset-${dataset.code}">${told(dataset.description).name}${provincialMark(dataset.national)}<small>${dataset.code}</small></a></li>\n`,
  )}${more ? markup`<li><a href="#types">其他类型与查询</a></li>` : ''}</ol>`;
}
