/**
 * Reads a scenario file against the contract: all faults at once, each with its place and its remedy; afterwards nothing in a
 * story can go wrong.
 * @see design/style.md «Functions»; the province folder's scenarios/README.md
 */
import { type Dataset, HubError, readNotation, type WireField } from '@hub/schema';

import type { Names as NameParts } from '../names.ts';
import { checkRules, checkTemplate, type Fault, type Roles, unknownName } from './check-rules.ts';
import { type Occasion, occasionOf } from './occasion.ts';
import { type Lets, type OfferForm, type ScenarioForm, scenarioForm, type StepForm, type StoryForm } from './scenario.ts';
import { type Names, type Offered, shapeAt, shapesOf, type Sight, sightIn, stageSight } from './shape.ts';
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
  /** Of the second story, of the third …; the others begin on any of their days. */
  readonly running: readonly (readonly [number, number])[];
  readonly lets: Lets;
  readonly steps: readonly ScenarioStep[];
  readonly offers: ReadonlyMap<string, ScenarioOffer>;
}

/** One step: a record, or one for each part. */
export interface ScenarioStep {
  readonly dataset: Dataset;
  readonly occasion: Occasion;
  readonly fields: readonly FieldTemplate[];
  /** Wire fields that the scenario says, or leaves out on purpose. */
  readonly settled: ReadonlySet<string>;
}

/** What registers may tell of, once it has happened. */
interface ScenarioOffer {
  readonly occasion: Occasion;
  readonly lets: Lets;
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
  readonly names: NameParts;
  /** What other scenarios offer. */
  readonly offered?: Offered;
}

const trades = ['builder', 'designer', 'supervisor', 'agency'] as const;

/**
 * @param document - Parsed JSON.
 * @throws HubError CONFIG_INVALID with every fault, one a line.
 */
export function readScenario(document: unknown, bench: ScenarioBench): Scenario {
  const { contract } = bench;
  const file = formOf(document, contract);
  const faults = file.stories.flatMap((story, place) => [...checkStory(story, `stories.${place}`, { ...bench, file })]);
  if (faults.length > 0) throw invalid(contract, faults);
  return { contract, stories: file.stories.map((story) => storyOf(story, file, bench.datasets)) };
}

/**
 * @returns The names under what a scenario offers, before any scenario is read: those that use it may come first.
 * @throws HubError CONFIG_INVALID when the file has not the form of one.
 */
export function offeredBy(document: unknown, contract: string): Offered {
  const always = stageSight(new Map());
  return new Map(
    formOf(document, contract).stories.flatMap((story) => {
      const outer: Sight = [shapesOf(story.let, always), ...always];
      return Object.entries(story.offers).flatMap(([name, offer]): [string, Names][] => {
        const sight = sightIn(occasionOf(offer).each, outer);
        return typeof sight === 'string' ? [] : [[name, { names: shapesOf(offer.let, sight) }]];
      });
    }),
  );
}

function formOf(document: unknown, contract: string): ScenarioForm {
  const read = scenarioForm.safeParse(document);
  if (read.success) return read.data;
  throw invalid(
    contract,
    read.error.issues.map(({ path, message }) => ({ place: path.join('.'), zh: `不符合要求：${message}`, en: message })),
  );
}

type StoryBench = ScenarioBench & { readonly file: ScenarioForm };

function* checkStory(story: StoryForm, place: string, { datasets, names, file, offered = new Map() }: StoryBench): Generator<Fault> {
  const roles: Roles = {
    companies: new Set([...trades, ...Object.keys(names.roles)]),
    bodies: new Set(['client', ...Object.keys(names.bodies)]),
  };
  const always = stageSight(offered);
  yield* checkRules(story.let, { place: `${place}.let`, sight: always, roles });
  const sight: Sight = [shapesOf(story.let, always), ...always];
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
    const inside = yield* checkOccasion(step, at, sight);
    if (inside === undefined) continue;
    for (const [code, text] of fieldsOf([file.fields, story.fields, step.fields], codes))
      yield* checkTemplate(text, `${at}.fields.${code}`, inside);
  }
  for (const [name, offer] of Object.entries(story.offers)) {
    const at = `${place}.offers.${name}`;
    const inside = yield* checkOccasion(offer, at, sight);
    if (inside !== undefined) yield* checkRules(offer.let, { place: `${at}.let`, sight: inside, roles });
  }
  for (const code of Object.keys(story.fields)) {
    if (!used.has(code))
      yield { place: `${place}.fields.${code}`, zh: `没有一步用到字段 ${code}，请删去或改正。`, en: `No step has a field ${code}.` };
  }
}

/** @returns What is in sight on the occasion; undefined when its parts are none. */
function* checkOccasion(occasion: Omit<OfferForm, 'let'>, place: string, outer: Sight): Generator<Fault, Sight | undefined> {
  const { each, at, conditions } = occasionOf(occasion);
  const sight = sightIn(each, outer);
  if (typeof sight === 'string') {
    yield { place: `${place}.each`, zh: `${sight} 不是重复部分，请先用 repeat 定义。`, en: `${sight} is no repeated part.` };
    return undefined;
  }
  if (shapeAt(sight, at.join('.')) !== 'moment') yield unknownName(`${place}.at`, at.join('.'));
  for (const { path } of conditions) {
    if (shapeAt(sight, path.join('.')) !== 'text') yield unknownName(`${place}.if`, path.join('.'));
  }
  return sight;
}

function storyOf(form: StoryForm, file: ScenarioForm, datasets: ScenarioBench['datasets']): ScenarioStory {
  const { name, perSystem, fixed, starts, running, let: lets, steps, offers } = form;
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
    offers: new Map(Object.entries(offers).map(([of, offer]) => [of, { occasion: occasionOf(offer), lets: offer.let }])),
  };
}

/** Templates of a dataset's fields: an inner level goes before an outer one, and null takes a field out. */
function fieldsOf(levels: readonly StoryForm['fields'][], codes: ReadonlyMap<string, WireField>): ReadonlyMap<string, string> {
  const all = new Map(levels.flatMap((level) => Object.entries(level)).filter(([code]) => codes.has(code)));
  return new Map([...all].flatMap(([code, text]): [string, string][] => (text === null ? [] : [[code, text]])));
}

function stepOf(step: StepForm, dataset: Dataset, fields: ReadonlyMap<string, string>): ScenarioStep {
  const own = step.fields;
  const wires = wiresOf(dataset);
  return {
    dataset,
    occasion: occasionOf(step),
    fields: [...fields].map(([code, text]) => {
      const type = readNotation(wires.get(code)?.type ?? '');
      return { code, template: readTemplate(text), dateDigits: type?.kind === 'date' ? type.digits : undefined };
    }),
    settled: new Set([...fields.keys(), ...Object.keys(own).filter((code) => own[code] === null)]),
  };
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
