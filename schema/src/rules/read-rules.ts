/**
 * Reads the files of `schema/rules/` against the contracts, and refuses files that say what cannot be judged: every fault at once,
 * with file, rule and what is wrong.
 * @see schema/README.md «Adding a rule»; PROTOCOL.md 7
 */
import type { Contract } from '../contract.ts';
import { HubError } from '../errors.ts';
import { type Fault, type Faults, type Fields, listOf, optionalText, textIn } from '../province/document.ts';
import { parseDate } from '../wire-types/instant.ts';
import type { DataRule } from './data-rule.ts';
import { kinds } from './kinds.ts';
import { exampleIn } from './read-example.ts';
import { type RuleLaw, type RuleRow, conditionsIn, countIn, fault } from './rule-row.ts';

/** Names that a rule of every kind may have. */
const general = 'id kind dataset severity validFrom validUntil when waitHours zh en source passes fails'.split(' ');
const idForm = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** What reading found. */
export interface ReadRules {
  readonly rules: readonly DataRule[];
  readonly faults: readonly Fault[];
}

/** @returns The rules that are sound, and what is wrong with the rest; a file's fault names it as `rules/NAME.json`. */
export function readRules(files: readonly unknown[], contracts: readonly Contract[], codes: RuleLaw['codes']): ReadRules {
  const faults: Faults = [];
  const datasets = new Map(contracts.flatMap((contract) => contract.datasets.map((dataset) => [dataset.code, dataset] as const)));
  const rules = files.flatMap((document) => {
    const [head] = listOf([document], { file: 'rules/?.json', faults });
    const contract = head === undefined ? '' : textIn(head, 'contract');
    const file = `rules/${contract}.json`;
    const rows = listOf(head?.value('rules'), { file, at: 'rules', faults });
    return rows.flatMap((fields) => {
      const named = placedAt(fields, optionalText(fields, 'id') ?? fields.at);
      return readRule({ contract, fields: named, law: { datasets, codes } }) ?? [];
    });
  });
  const ids = rules.map(({ id }) => id);
  for (const { id, contract } of rules.filter((rule, place) => ids.indexOf(rule.id) !== place))
    faults.push({ file: `rules/${contract}.json`, at: id, zh: '编号重复', en: 'has its id twice' });
  return { rules, faults };
}

/** @throws HubError CONTRACT_INVALID that lists every fault, when there is one. */
export function refuseRuleFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  throw new HubError('CONTRACT_INVALID', {
    zh: `校验规则有 ${faults.length} 处须改正：${faults.map(({ file, at, zh }) => `${file} 的 ${at} ${zh}`).join('；')}。`,
    en: `Rules, ${faults.length} to correct: ${faults.map(({ file, at, en }) => `${at} of ${file} ${en}`).join('; ')}.`,
  });
}

interface Place {
  readonly contract: string;
  readonly fields: Fields;
  readonly law: RuleLaw;
}

function readRule({ contract, fields, law }: Place): DataRule | undefined {
  const id = textIn(fields, 'id');
  if (!idForm.test(id)) fault({ fields }, 'id', { zh: '不是规则编号（大写字母与下划线）', en: 'is no rule id (capitals and underscores)' });
  const kind = kinds.find(({ name }) => name === fields.value('kind'));
  if (kind === undefined) return fault({ fields }, 'kind', { zh: '不是规则的种类', en: 'is no kind of rule' });
  const dataset = law.datasets.get(textIn(fields, 'dataset'));
  if (dataset?.contract !== contract)
    return fault({ fields }, 'dataset', { zh: `不是契约 ${contract} 的数据集`, en: `is no dataset of contract ${contract}` });
  for (const name of fields.names)
    if (!general.includes(name) && !kind.parameters.includes(name))
      fault({ fields }, name, { zh: `不是 ${kind.name} 的参数`, en: `is no parameter of ${kind.name}` });
  const row: RuleRow = { fields, dataset, law };
  const search = kind.compile(row);
  const severity = fields.value('severity');
  if (severity !== 'refusal' && severity !== 'warning')
    return fault({ fields }, 'severity', { zh: '须为 refusal 或 warning', en: 'must be refusal or warning' });
  const waitHours = countIn(row, 'waitHours', 1);
  if (waitHours !== undefined && kind.waits !== true)
    fault({ fields }, 'waitHours', { zh: `${kind.name} 不等待`, en: `is not for ${kind.name}, which does not wait` });
  const rule = {
    id,
    contract,
    kind: kind.name,
    dataset: dataset.code,
    severity,
    validFrom: dayIn(row, 'validFrom') ?? '',
    validUntil: fields.value('validUntil') === null ? undefined : dayIn(row, 'validUntil'),
    when: conditionsIn(row, 'when'),
    waitHours,
    messageZh: textIn(fields, 'zh'),
    messageEn: textIn(fields, 'en'),
    source: textIn(fields, 'source'),
    passes: exampleIn(row, 'passes'),
    fails: exampleIn(row, 'fails'),
  } as const;
  return search === undefined ? undefined : { ...rule, search };
}

/** The same object, told by another place: people look a rule up by its id. */
function placedAt(fields: Fields, at: string): Fields {
  return { ...fields, at, entry: (name) => placedAt(fields.entry(name), `${at}.${name}`) };
}

function dayIn(row: RuleRow, name: string): string | undefined {
  const day = parseDate(textIn(row.fields, name));
  return day ?? fault(row, name, { zh: '不是日期（yyyy-MM-dd）', en: 'is no day (yyyy-MM-dd)' });
}
