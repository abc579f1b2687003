/**
 * TIME, DEC, CODE labels and SAFE: values in the form that everybody relies on.
 * @see schema/PROTOCOL.md 2; schema/README.md
 */
import { type Field, isDecimal, isWebAddress, law, parseDate, parseInstant } from '@hub/schema';

import type { Audit } from '../audit.ts';
import { printQuestion } from '../ask/answer.ts';
import { isObject, listAt, textAt } from '../ask/json-value.ts';
import { pageQuestion } from '../subject/list.ts';
import type { Subject } from '../subject/subject.ts';

const printedInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?\+08:00$/;
const activeHtml = /<\s*(script|iframe|object|embed|form|style|link|meta|base|svg)\b|\son[a-z]+\s*=|javascript:|data:text\/html/i;

/** Audits of values. */
export const valueAudits: readonly Audit[] = [
  {
    id: 'TIME-001',
    level: 'MUST',
    title: { zh: '时刻写作 +08:00', en: 'Instants are printed with +08:00' },
    proves: { zh: '每个时刻都是 yyyy-MM-ddTHH:mm:ss[.ffffff]+08:00', en: 'every instant is yyyy-MM-ddTHH:mm:ss[.ffffff]+08:00' },
    source: 'PROTOCOL.md 2',
    remedy: {
      zh: '输出前换算到东八区并写明 +08:00，不用 Z，不用服务器时区',
      en: 'convert to UTC+8 and write +08:00; neither Z nor the server’s zone',
    },
    async run(subject, judge) {
      await eachValue(
        subject,
        ({ graphType }) => graphType === 'DateTime',
        ({ value, place }) => {
          const isFit = typeof value === 'string' && printedInstant.test(value) && parseInstant(value) !== undefined;
          judge.check(isFit, () => ({ asked: place, answered: String(value), expected: '2026-01-31T09:00:00+08:00' }));
        },
      );
      for (const { list, rows } of await subject.samples()) {
        for (const { id, node } of rows) {
          const received = textAt(node, 'receivedAt');
          judge.check(printedInstant.test(received), () => ({
            asked: `${list.root} ${id} { receivedAt }`,
            answered: received,
            expected: '…+08:00',
          }));
        }
      }
    },
  },
  {
    id: 'TIME-002',
    level: 'MUST',
    title: { zh: '时刻的筛选认得时区', en: 'Filters of instants know zones' },
    proves: {
      zh: '同一时刻写成 +08:00、Z 或别的时区，得到同样的行',
      en: 'one instant written with +08:00, Z or another zone gives the same rows',
    },
    source: 'PROTOCOL.md 2',
    remedy: { zh: '把筛选值换算成 UTC 再比较', en: 'convert the operand to UTC before comparing' },
    async run(subject, judge) {
      for (const { list, rows } of await subject.samples()) {
        const field = list.fields.find(
          ({ graphType, indexed, sealed, list: many }) => graphType === 'DateTime' && indexed && sealed === undefined && !many,
        );
        const values = rows.flatMap(({ node }) => parseInstant(textAt(node, field?.name ?? '')) ?? []).toSorted();
        const middle = values[Math.floor(values.length / 2)];
        if (field === undefined || middle === undefined) continue;
        const written = ['+08:00', 'Z', '-05:30'].map((zone) => inZone(middle, zone));
        const answers: (readonly string[])[] = [];
        const questions = written.map((gte) => pageQuestion(list, { filter: { [field.name]: { gte } }, first: 101 }));
        for (const question of questions)
          answers.push(listAt(await subject.endpoint.data(question), 'page', 'edges').map((edge) => textAt(edge, 'node', 'id')));
        for (const [place, answered] of answers.entries()) {
          const question = questions[place];
          if (place > 0 && question !== undefined) judge.same(printQuestion(question), { answered, expected: answers[0] });
        }
      }
    },
  },
  {
    id: 'TIME-003',
    level: 'MUST',
    title: { zh: '日期写作 yyyy-MM-dd', en: 'Days are yyyy-MM-dd' },
    proves: { zh: '每个日期都是日历上有的 yyyy-MM-dd', en: 'every day is yyyy-MM-dd and in the calendar' },
    source: 'PROTOCOL.md 2',
    remedy: { zh: '日期不带时刻；按东八区取日', en: 'print days without a time, those of UTC+8' },
    async run(subject, judge) {
      await eachValue(
        subject,
        ({ graphType }) => graphType === 'Date',
        ({ value, place }) => {
          judge.check(typeof value === 'string' && parseDate(value) === value, () => ({
            asked: place,
            answered: String(value),
            expected: '2026-01-31',
          }));
        },
      );
    },
  },
  {
    id: 'DEC-001',
    level: 'MUST',
    title: { zh: '小数是十进制文本', en: 'Decimals are text' },
    proves: {
      zh: '金额与小数是不丢精度的文本，没有科学记数、千分位和 JSON 数',
      en: 'money and decimals are exact text: no exponent, no grouping, no JSON number',
    },
    source: 'PROTOCOL.md 2',
    remedy: { zh: '以文本输出 numeric；不经过浮点', en: 'print numerics as text without floating point' },
    async run(subject, judge) {
      await eachValue(
        subject,
        ({ graphType }) => graphType === 'Decimal' || graphType === 'Money',
        ({ value, place }) => {
          const texts = isObject(value) ? [value['yuan'], value['amount']] : [value];
          for (const text of texts) {
            if (text === null || text === undefined) continue;
            judge.check(typeof text === 'string' && isDecimal(text), () => ({
              asked: place,
              answered: JSON.stringify(text),
              expected: '"1234.56"',
            }));
          }
        },
      );
    },
  },
  {
    id: 'LABEL-001',
    level: 'MUST',
    title: { zh: '代码与名称成对', en: 'Codes with their labels' },
    proves: {
      zh: 'code 非空；代码表里有的，名称是表里的；表里没有的，名称为 null',
      en: 'code is never empty; a code of the standard’s list has that list’s label; another one may have none',
    },
    source: 'PROTOCOL.md 2; schema/codes',
    remedy: { zh: '名称取自标准的代码表；不要把代码当名称', en: 'take labels from the standard’s lists; never the code for the label' },
    async run(subject, judge) {
      const { codes } = law();
      await eachValue(
        subject,
        ({ graphType }) => graphType === 'Code',
        ({ field, value, place }) => {
          const code = textAt(value, 'code');
          const label = isObject(value) ? value['label'] : undefined;
          const listed = codes.list(field.wire[0]?.list ?? '')?.values.filter((one) => one.code === code) ?? [];
          const isFit =
            code !== '' &&
            (listed.length === 0
              ? label === null || (typeof label === 'string' && label !== '')
              : listed.some((one) => one.label === label));
          judge.check(isFit, () => ({
            asked: place,
            answered: JSON.stringify(value),
            expected: listed[0]?.label ?? 'null 或名称 or a label',
          }));
        },
      );
    },
  },
  {
    id: 'SAFE-001',
    level: 'MUST',
    title: { zh: '公告正文可以直接嵌入', en: 'Notice bodies are safe to embed' },
    proves: {
      zh: 'HTML 里没有脚本、框架、表单和事件；网址只有 http 与 https',
      en: 'HTML holds no script, frame, form or event; addresses are http or https',
    },
    source: 'shared.graphql; board.graphql «html»',
    remedy: {
      zh: '输出前按白名单清洗 HTML；不是 http(s) 的网址答 null',
      en: 'sanitise HTML by a list of what is allowed; answer null for other addresses',
    },
    async run(subject, judge) {
      const part = (wanted: string) => (field: Field) => field.wire.some((wire) => wire.part === wanted || wire.id === wanted);
      await eachValue(subject, part('html'), ({ value, place }) => {
        judge.check(!activeHtml.test(String(value)), () => ({
          asked: place,
          answered: activeHtml.exec(String(value))?.[0] ?? '',
          expected: '清洗过的 HTML  sanitised HTML',
        }));
      });
      await eachValue(subject, part('webAddress'), ({ value, place }) => {
        judge.check(typeof value === 'string' && isWebAddress(value), () => ({
          asked: place,
          answered: String(value),
          expected: 'http(s)://…',
        }));
      });
    },
  },
];

interface Shown {
  readonly field: Field;
  readonly value: unknown;
  readonly place: string;
}

/** Every value that is there of the fields wanted, items of lists one by one. */
async function eachValue(subject: Subject, wanted: (field: Field) => boolean, judge: (shown: Shown) => void): Promise<void> {
  for (const { list, rows } of await subject.samples()) {
    for (const field of list.fields.filter((one) => one.relation === undefined && wanted(one))) {
      for (const { id, node } of rows) {
        const told = node[field.name];
        const values: readonly unknown[] = Array.isArray(told) ? told : [told];
        for (const value of values)
          if (value !== null && value !== undefined) judge({ field, value, place: `${list.root} ${id} { ${field.name} }` });
      }
    }
  }
}

/** @returns A canonical instant as people of a zone write it. */
function inZone(canonical: string, zone: string): string {
  const [sign, hours, minutes] =
    zone === 'Z' ? [1, 0, 0] : [zone.startsWith('-') ? -1 : 1, Number(zone.slice(1, 3)), Number(zone.slice(4))];
  const shifted = new Date(Date.parse(`${canonical.slice(0, 19)}Z`) + sign * (hours * 60 + minutes) * 60_000);
  return `${shifted.toISOString().slice(0, 19)}${canonical.slice(19, 26)}${zone}`;
}
