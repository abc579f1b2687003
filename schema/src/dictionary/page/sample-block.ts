/**
 * A sample record of a dataset in its four forms.
 * @see PROTOCOL.md 2, 6
 */
import type { CodeLists } from '../../codes.ts';
import type { Contract, Dataset } from '../../contract.ts';
import { sampleJson, sampleXml } from '../sample/sample-message.ts';
import { sampleAnswer, sampleQuery } from '../sample/sample-query.ts';
import { sampleRecord, unknownLists } from '../sample/sample-record.ts';
import { type Markup, markup } from './markup.ts';

/** @returns The block, closed until it is opened. */
export function sampleBlock(contract: Contract, dataset: Dataset, codes: CodeLists): Markup {
  const record = sampleRecord(contract, dataset, codes);
  const dark = unknownLists(dataset, codes);
  return markup`<details class="sample"><summary>一条虚构的记录：报文与查询 <span class="en" lang="en">A made-up record: messages and query</span></summary>
<div class="samples">
${figure('报文 XML', sampleXml(record))}
${figure('查询 GraphQL：任何人可问的字段', sampleQuery(dataset))}
${figure('报文 JSON：一条一行', sampleJson(record))}
${figure('查询的答案', sampleAnswer(dataset, record, codes))}
${dark.length === 0 ? '' : markup`<p class="note">代码表 ${dark.join('、')} 的值未知，样例以 1 代替。<span lang="en">No value of these lists is known; 1 stands in.</span></p>`}</div></details>`;
}

function figure(name: string, text: string): Markup {
  return markup`<figure><figcaption>${name}</figcaption><pre tabindex="0"><code>${text}</code></pre></figure>`;
}
