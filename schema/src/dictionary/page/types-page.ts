/**
 * The page of what all contracts share: value types, filters, scalars, the notation of wire types, identifier rules.
 * @see standard/identifiers.md; schema/shared.graphql
 */
import type { Dictionary } from '../model/dictionary.ts';
import type { TypeEntry } from '../model/type-entries.ts';
import { identifierChecks } from '../../identifiers/checks.ts';
import { sampleIdentifiers } from '../sample/sample-identifiers.ts';
import { english } from './labels.ts';
import { type Markup, markup } from './markup.ts';
import { printPage } from './shell.ts';
import { typeSection } from './type-sections.ts';

const groups: readonly (readonly [string, string, TypeEntry['kind']])[] = [
  ['值与记录', 'Values and records', 'object'],
  ['接口', 'Interfaces', 'interface'],
  ['标量', 'Scalars', 'scalar'],
  ['枚举', 'Enums', 'enum'],
  ['筛选条件', 'Filters', 'input'],
];

const notations: readonly (readonly [string, string, string])[] = [
  ['C6', '恰好 6 个字符', 'exactly 6 characters'],
  ['C..200', '至多 200 个字符', 'up to 200 characters'],
  ['C..ul', '长度不限', 'no limit'],
  ['N3', '整数，至多 3 位', 'a whole number of 3 digits'],
  ['N..20,6', '数，至多 20 位，其中小数至多 6 位', 'up to 20 digits, up to 6 of them after the point'],
  ['yyyyMMdd', '日期，东八区', 'a day, UTC+8'],
  ['yyyyMMddHHmm', '时刻，至分，东八区', 'a time to the minute, UTC+8'],
  ['yyyyMMddHHmmss', '时刻，至秒，东八区', 'a time to the second, UTC+8'],
];

const identifierNames: ReadonlyMap<string, string> = new Map([
  ['projectCode', '项目编号，17 位'],
  ['tenderProjectCode', '招标项目编号，20 位，以项目编号开头'],
  ['bidSectionCode', '标段（包）编号，23 位，以招标项目编号开头'],
  ['unifiedDealCode', '统一交易标识码，40 位，末位校验 ISO/IEC 7064 MOD 37-2'],
  ['investmentCode', '投资项目统一代码，24 位'],
  ['creditCode', '统一社会信用代码，18 位，末位校验 GB 32100-2015'],
  ['partyCode', '主体代码：信用代码、组织机构代码或个人证件号；身份证号、护照号不显示'],
  ['legalCode', '法人代码：信用代码或组织机构代码'],
  ['idCard', '公民身份号码，18 位，末位校验；一律受限'],
  ['platformId', '平台标识码，11 位'],
  ['webAddress', '网址，http 或 https 开头；别的写法不显示'],
  ['guid', '附件标识号，GUID 36 位'],
]);

/** @returns The page, HTML. */
export function typesPage(dictionary: Dictionary): string {
  return printPage({
    title: '类型',
    path: '/dictionary/types',
    side: markup`<ol><li><a href="#notation">报文类型的写法</a></li><li><a href="#identifiers">标识规则</a></li>
${dictionary.types.map(({ name, about }) => markup`<li><a href="#type-${name}">${about.name === '' ? name : about.name}<small>${name}</small></a></li>\n`)}</ol>`,
    body: [
      markup`<h1>类型 <span class="en" lang="en">Types</span></h1><p>各契约共用的类型；契约自己的在各自的页上。${english('What all contracts share.')}</p>`,
      notation(),
      identifiers(),
      groups.map(
        ([zh, en, kind]) => markup`<section class="chapter"><h2>${zh} ${english(en)}</h2>
${dictionary.types.filter((type) => type.kind === kind).map((type) => typeSection(dictionary, type))}</section>`,
      ),
    ],
  });
}

function notation(): Markup {
  return markup`<section class="chapter" id="notation"><h2>报文类型的写法 ${english('Notation of wire types')}</h2>
<table><caption>长度按字符计，不按字节；列表以半角分号连接</caption><thead><tr><th scope="col">写法 <span lang="en">Notation</span></th><th scope="col">含义 <span lang="en">Meaning</span></th></tr></thead>
<tbody>${notations.map(([form, zh, en]) => markup`<tr><th scope="row"><code>${form}</code></th><td>${zh} ${english(en)}</td></tr>\n`)}</tbody></table></section>`;
}

function identifiers(): Markup {
  return markup`<section class="chapter" id="identifiers"><h2>标识规则 ${english('Identifier rules')}</h2>
<p>校验不符只警不拒；比较不分大小写，不从中解析含义。${english('A wrong check character only warns.')}</p>
<table class="stack"><caption>样例是虚构的</caption><thead><tr><th scope="col">规则 <span lang="en">Rule</span></th><th scope="col">含义 <span lang="en">Meaning</span></th><th scope="col">样例 <span lang="en">Example</span></th></tr></thead>
<tbody>${[...identifierChecks.keys()].map((id) => markup`<tr id="id-${id}"><th scope="row"><code>${id}</code></th><td>${identifierNames.get(id) ?? id}</td><td><code>${sampleIdentifiers(id, 1)[0]}</code></td></tr>\n`)}</tbody></table></section>`;
}
