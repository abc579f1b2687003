/**
 * What a rule says, for who sees its id and no record: on pages that count. `hub explain` tells the same, and what to do about it.
 * @see PROTOCOL.md 7 and 15; subgraphs/registry/src/cli/explain/codes.md
 */
import type { DataRule } from '../rules/data-rule.ts';
import { ruleBook } from '../rules/rule-book.ts';

/** Both languages. */
export interface RuleWords {
  readonly zh: string;
  readonly en: string;
}

/** @param rules - Those that are data; this release's when absent. @returns Undefined for an id that is none of a record's rules. */
export function ruleWords(id: string, rules: readonly DataRule[] = ruleBook().rules): RuleWords | undefined {
  const [zh, en] = coded.get(id) ?? [];
  if (zh !== undefined && en !== undefined) return { zh, en };
  const rule = rules.find((one) => one.id === id);
  return rule === undefined ? undefined : { zh: rule.messageZh, en: rule.messageEn };
}

/** Rules that are code: their messages name type, list or condition, which differ from field to field. */
const coded: ReadonlyMap<string, readonly [zh: string, en: string]> = new Map([
  ['KEY_MISSING', ['缺少主键：不知是哪条记录。', 'No key: nobody knows which record it is.']],
  ['KEY_TOO_LONG', ['主键过长。', 'The key is too long.']],
  ['KEY_PERSON_NUMBER', ['主键像是身份证号，会出现在标识里。', 'The key looks like a person’s number, and ids would show it.']],
  ['TEXT_UNREADABLE', ['含有 XML 不允许的字符。', 'There are characters that XML has not.']],
  ['DATASET_UNKNOWN', ['本系统没有这个数据集。', 'The system has no such dataset.']],
  ['FIELD_UNKNOWN', ['数据集没有这个字段，已忽略。', 'The dataset has no such field; it is ignored.']],
  ['REQUIRED_MISSING', ['必填字段没有值。', 'A required field is absent.']],
  ['REQUIRED_WHEN', ['在此情形下必填的字段没有值。', 'A field that is required in this case is absent.']],
  ['LENGTH', ['长度不合：过长为拒收，短于定长为提示。', 'Too long, or shorter than a fixed length.']],
  ['NUMBER', ['应为数字。', 'A number is needed.']],
  ['DIGITS', ['数字的位数超过规定。', 'More digits than allowed.']],
  ['DATE', ['日期或时间读不出。', 'The date cannot be read.']],
  ['DATE_FORM', ['日期读得出，写法不规范。', 'A date that can be read, in another form.']],
  ['CODE_UNKNOWN', ['代码不在标准代码表中。', 'The code is not on the standard’s list.']],
  ['ENUM_UNKNOWN', ['不是规定的值。', 'Not one of the values.']],
  ['IDENTIFIER_SHAPE', ['编码的形式不对，如统一社会信用代码不足 18 位。', 'An identifier has not its form.']],
  ['CHECK_CHARACTER', ['编码的校验码不对。', 'An identifier’s check character is wrong.']],
  ['PARTY_LISTS_UNEQUAL', ['名称与代码的个数不同，无法一一对应。', 'Names and codes are not the same number.']],
  ['AMOUNT_IMPLAUSIBLE', ['金额大得不像真的，多半是单位错了。', 'An amount too large to be true: often the wrong unit.']],
  ['MESSAGE_UNREADABLE', ['报文不是标准的 XML 或 JSON。', 'A message is not the standard’s XML or JSON.']],
  ['HASH_MISMATCH', ['变更的 hash 与 payload 不符。', 'The hash of a change is not its payload’s.']],
  ['SYSTEM_FOREIGN', ['变更写的是别的系统的记录。', 'The change is of another system’s record.']],
  ['TIME_AHEAD', ['业务时间晚于枢纽取到的时间。', 'The business time is after the harvest.']],
]);
