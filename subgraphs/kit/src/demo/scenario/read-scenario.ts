/**
 * Reads a scenario file against the contract: all faults at once, each with its place and its remedy; afterwards nothing in a
 * story can go wrong.
 * @see design/style.md «Functions»; the province folder's scenarios/README.md
 */
import { type Dataset, HubError, readNotation, type WireField } from '@hub/schema';

import type { Names } from '../names.ts';
import { checkRules, checkTemplate, type Fault, type Roles, unknownName } from './check-rules.ts';
import { type Lets, type ScenarioForm, scenarioForm, type StepForm, type StoryForm } from './scenario.ts';
import { isParts, shapeAt, shapesOf, type Sight, stageSight } from './shape.ts';
import { readTemplate, type Template } from './template.ts';

/** A scenario, ready to be played. */
export interface Scenario {
  readonly contract: string;
  readonly stories: readonly ScenarioStory[];
}

/** A kind of story. */
export interface ScenarioStory {
  readonly name: string;
  readonly perSystem: number;
  readonly fixed: boolean;
  readonly starts: readonly [number, number];
  readonly running: readonly [number, number] | undefined;
  readonly lets: Lets;
  readonly steps: readonly ScenarioStep[];
}

/** One step: a record, or one for each part. */
export interface ScenarioStep {
  readonly dataset: Dataset;
  /** Names of the parts, from the story inwards; none for a single record. */
  readonly each: readonly string[];
  readonly at: readonly string[];
  readonly conditions: readonly Condition[];
  readonly fields: readonly FieldTemplate[];
  /** Wire fields that the scenario leaves out on purpose. */
  readonly withheld: ReadonlySet<string>;
}

/** `outcome=1|2`, or `outcome!=1`. */
export interface Condition {
  readonly path: readonly string[];
  readonly values: readonly string[];
  readonly holds: boolean;
}

/** A wire field and what it says. */
export interface FieldTemplate {
  readonly code: string;
  readonly template: Template;
  /** Digits of a date field. */
  readonly dateDigits: number | undefined;
}

/** What a scenario is read by. */
export interface ScenarioBench {
  /** Contract it tells of, and so its file's name. */
  readonly contract: string;
  /** Datasets by their names on the wire. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly names: Names;
}

const trades = ['builder', 'designer', 'supervisor', 'agency'] as const;

/**
 * @param document - Parsed JSON.
 * @throws HubError CONFIG_INVALID with every fault, one a line.
 */
export function readScenario(document: unknown, bench: ScenarioBench): Scenario {
  const { contract } = bench;
  const read = scenarioForm.safeParse(document);
  if (!read.success) {
    throw invalid(
      contract,
      read.error.issues.map(({ path, message }) => ({ place: path.join('.'), zh: `不符合要求：${message}`, en: message })),
    );
  }
  const faults = read.data.stories.flatMap((story, place) => [...checkStory(story, `stories.${place}`, { ...bench, file: read.data })]);
  if (faults.length > 0) throw invalid(contract, faults);
  return { contract, stories: read.data.stories.map((story) => storyOf(story, read.data, bench.datasets)) };
}

type StoryBench = ScenarioBench & { readonly file: ScenarioForm };

function* checkStory(story: StoryForm, place: string, { datasets, names, file }: StoryBench): Generator<Fault> {
  const roles: Roles = {
    companies: new Set([...trades, ...Object.keys(names.roles)]),
    bodies: new Set(['client', ...Object.keys(names.bodies)]),
  };
  yield* checkRules(story.let, { place: `${place}.let`, sight: stageSight, roles });
  const sight: Sight = [shapesOf(story.let, stageSight), ...stageSight];
  const used = new Set<string>();
  for (const [index, step] of story.steps.entries()) {
    const at = `${place}.steps.${index}`;
    const dataset = datasets.get(step.dataset);
    if (dataset === undefined) {
      yield { place: `${at}.dataset`, zh: `标准中没有数据集 ${step.dataset}，请改正。`, en: `No dataset ${step.dataset}.` };
      continue;
    }
    const codes = wiresOf(dataset);
    for (const code of [...Object.keys(file.fields), ...Object.keys(story.fields)]) if (codes.has(code)) used.add(code);
    for (const code of Object.keys(step.fields)) {
      if (!codes.has(code))
        yield {
          place: `${at}.fields.${code}`,
          zh: `${step.dataset} 没有字段 ${code}，请改正。`,
          en: `${step.dataset} has no field ${code}.`,
        };
    }
    yield* checkStep(step, { place: at, sight, fields: fieldsOf([file.fields, story.fields, step.fields], codes) });
  }
  for (const code of Object.keys(story.fields)) {
    if (!used.has(code))
      yield { place: `${place}.fields.${code}`, zh: `没有一步用到字段 ${code}，请删去或改正。`, en: `No step has a field ${code}.` };
  }
}

function* checkStep(
  { each, at, if: conditions }: StepForm,
  { place, sight: outer, fields }: { readonly place: string; readonly sight: Sight; readonly fields: ReadonlyMap<string, string> },
): Generator<Fault> {
  let sight = outer;
  for (const name of each?.split('.') ?? []) {
    const shape = shapeAt(sight, name);
    if (!isParts(shape)) {
      yield { place: `${place}.each`, zh: `${name} 不是重复部分，请先用 repeat 定义。`, en: `${name} is no repeated part.` };
      return;
    }
    sight = [new Map([[name, shape.part]]), shape.part.names, ...sight];
  }
  if (shapeAt(sight, at) !== 'moment') yield unknownName(`${place}.at`, at);
  for (const condition of conditions) {
    const { path } = conditionOf(condition);
    if (shapeAt(sight, path.join('.')) !== 'text') yield unknownName(`${place}.if`, path.join('.'));
  }
  for (const [code, text] of fields) yield* checkTemplate(text, `${place}.fields.${code}`, sight);
}

function storyOf(form: StoryForm, file: ScenarioForm, datasets: ScenarioBench['datasets']): ScenarioStory {
  const { name, perSystem, fixed, starts, running, let: lets, steps } = form;
  return {
    name,
    perSystem,
    fixed,
    starts,
    running,
    lets,
    steps: steps.flatMap((step) => {
      const dataset = datasets.get(step.dataset);
      return dataset === undefined ? [] : [stepOf(step, dataset, fieldsOf([file.fields, form.fields, step.fields], wiresOf(dataset)))];
    }),
  };
}

/** Templates of a dataset's fields: an inner level goes before an outer one, and null takes a field out. */
function fieldsOf(levels: readonly StoryForm['fields'][], codes: ReadonlyMap<string, WireField>): ReadonlyMap<string, string> {
  const all = new Map(levels.flatMap((level) => Object.entries(level)).filter(([code]) => codes.has(code)));
  return new Map([...all].flatMap(([code, text]): [string, string][] => (text === null ? [] : [[code, text]])));
}

function stepOf({ each, at, if: conditions, fields: own }: StepForm, dataset: Dataset, fields: ReadonlyMap<string, string>): ScenarioStep {
  const wires = wiresOf(dataset);
  return {
    dataset,
    each: each?.split('.') ?? [],
    at: at.split('.'),
    conditions: conditions.map(conditionOf),
    fields: [...fields].map(([code, text]) => {
      const type = readNotation(wires.get(code)?.type ?? '');
      return { code, template: readTemplate(text), dateDigits: type?.kind === 'date' ? type.digits : undefined };
    }),
    withheld: new Set(Object.keys(own).filter((code) => own[code] === null)),
  };
}

function conditionOf(text: string): Condition {
  const at = text.indexOf('=');
  const holds = text.charAt(at - 1) !== '!';
  return { path: text.slice(0, holds ? at : at - 1).split('.'), values: text.slice(at + 1).split('|'), holds };
}

function wiresOf({ fields }: Dataset): ReadonlyMap<string, WireField> {
  return new Map(fields.flatMap(({ wire }) => wire.filter(({ code }) => code !== '').map((one) => [one.code, one])));
}

function invalid(contract: string, faults: readonly Fault[]): HubError {
  const lines = (text: (fault: Fault) => string): string => faults.map((fault) => `  ${fault.place}：${text(fault)}`).join('\n');
  return new HubError('CONFIG_INVALID', {
    zh: `省份数据 scenarios/${contract}.json 有 ${faults.length} 处错误，请改正：\n${lines(({ zh }) => zh)}`,
    en: `Province data: scenarios/${contract}.json has ${faults.length} faults. Correct them:\n${lines(({ en }) => en)}`,
  });
}
