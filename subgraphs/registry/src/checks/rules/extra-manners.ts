/**
 * What a system has beyond the contracts is its own, and should still be fit to be read by others: names, descriptions, reasons.
 */
import { type Check, type Fault, kindWords } from '../check.ts';
import type { Element, ElementKind } from '../elements.ts';
import { isUnknown } from './extra.ts';

const forms: Readonly<Record<ElementKind, { readonly form: RegExp; readonly zh: string; readonly en: string }>> = {
  TYPE: { form: /^[A-Z][A-Za-z0-9]*$/, zh: '大写字母开头的驼峰式', en: 'PascalCase' },
  FIELD: { form: /^[a-z][A-Za-z0-9]*$/, zh: '小写字母开头的驼峰式', en: 'camelCase' },
  ARGUMENT: { form: /^[a-z][A-Za-z0-9]*$/, zh: '小写字母开头的驼峰式', en: 'camelCase' },
  VALUE: { form: /^[A-Z][A-Z0-9_]*$/, zh: '大写字母与下划线', en: 'UPPER_CASE' },
};

/** `EXTRA_NAME_FORM`, `EXTRA_UNDESCRIBED`, `EXTRA_DEPRECATION_UNREASONED`: warnings all. */
export const extraManners: Check = (bench) =>
  [...bench.sent.values()].flatMap((element) =>
    !element.stub && isUnknown(bench, element) ? [...named(element), ...described(element), ...reasoned(element)] : [],
  );

function named(element: Element): readonly Fault[] {
  const { kind, name } = element;
  const own = /([\w]+):?\)?$/.exec(name)?.[1] ?? name;
  const { form, zh, en } = forms[kind];
  if (form.test(own)) return [];
  return [
    {
      ...warning(element),
      code: 'EXTRA_NAME_FORM',
      zh: `${kindWords[kind].zh} ${name} 的名称不合惯例（${zh}）。`,
      en: `The name of the ${kindWords[kind].en} ${name} is unusual: ${en} is meant.`,
      remedyZh: '改为惯例的写法。',
      remedyEn: 'Write it as others do.',
    },
  ];
}

function described(element: Element): readonly Fault[] {
  const { kind, name, node } = element;
  if (node !== undefined && 'description' in node && node.description !== undefined) return [];
  return [
    {
      ...warning(element),
      code: 'EXTRA_UNDESCRIBED',
      zh: `${kindWords[kind].zh} ${name} 没有说明，别人无从知道它指什么。`,
      en: `The ${kindWords[kind].en} ${name} has no description: nobody else knows what it means.`,
      remedyZh: '写一句说明。',
      remedyEn: 'Describe it in a sentence.',
    },
  ];
}

function reasoned(element: Element): readonly Fault[] {
  const { kind, name, directives } = element;
  const uses = directives.get('deprecated') ?? [];
  if (uses.every((written) => /reason: "+[^"]/.test(written))) return [];
  return [
    {
      ...warning(element),
      code: 'EXTRA_DEPRECATION_UNREASONED',
      zh: `${kindWords[kind].zh} ${name} 标注了弃用，没有写明原因与替代者。`,
      en: `The ${kindWords[kind].en} ${name} is marked as going, without a reason.`,
      remedyZh: '写 @deprecated(reason: "…")，说明改用什么。',
      remedyEn: 'Write @deprecated(reason: "…"), with what takes its place.',
    },
  ];
}

function warning(element: Element): Pick<Fault, 'severity' | 'element' | 'at'> {
  return { severity: 'WARNING', element: element.name, at: element };
}
