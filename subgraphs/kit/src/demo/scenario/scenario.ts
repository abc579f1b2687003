/**
 * The form of a scenario file: stories of one contract, told by variables and steps. What the words mean is told, for those
 * who write scenarios, in the province folder's scenarios/README.md.
 * @see design/style.md «Types»: data in place of code
 */
import { z } from 'zod';

/** How the value of a variable is drawn. */
export type Rule =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'pick'; readonly pick: readonly (string | Readonly<Record<string, string>>)[] }
  | { readonly is: 'case'; readonly case: string; readonly of: Readonly<Record<string, string>> }
  | { readonly is: 'number'; readonly number: Range; readonly decimals: number; readonly log: boolean }
  | { readonly is: 'times'; readonly times: readonly (string | Range)[]; readonly decimals: number }
  | { readonly is: 'day'; readonly day: Range | string; readonly after: string; readonly clock?: string | undefined }
  | { readonly is: 'company'; readonly company: string }
  | { readonly is: 'body'; readonly body: string }
  | { readonly is: 'person'; readonly person: true | 'expert' | 'staff' }
  | { readonly is: 'name'; readonly name: NameList }
  | { readonly is: 'deal'; readonly deal: string }
  | { readonly is: 'guid'; readonly guid: true }
  | { readonly is: 'hex'; readonly hex: number }
  | { readonly is: 'repeat'; readonly repeat: number | Range | string; readonly scaled: boolean; readonly let: Lets }
  | { readonly is: 'every'; readonly every: string; readonly let: Lets }
  | { readonly is: 'count'; readonly count: string }
  | { readonly is: 'sum'; readonly sum: string }
  | { readonly is: 'join'; readonly join: string; readonly with: string }
  | { readonly is: 'least'; readonly least: string; readonly first?: number | undefined }
  | { readonly is: 'most'; readonly most: string; readonly first?: number | undefined };

/** From and to, both included. */
type Range = readonly [number, number];
/** Variables in the order in which they are drawn: each may use those before it. */
export type Lets = Readonly<Record<string, Rule>>;
/** Lists of the province's name parts. */
export type NameList = (typeof nameLists)[number];
const nameLists = ['streets', 'rareStreets', 'facilities', 'waters', 'media'] as const;
const range = z.tuple([z.number(), z.number()]).refine(([from, to]) => from <= to, '起点大于终点。The range ends before it begins.');
const path = z.string().regex(/^[a-z]\w*(\.\w+)*$/, '应为变量名，如 lot.price。A variable is expected.');
const lets: z.ZodType<Lets> = z.record(
  z.string().regex(/^[a-z][A-Za-z0-9]*$/, '变量名以小写字母起首。Names begin with a small letter.'),
  z.lazy(() => rule),
);
const decimals = z.number().int().min(0).max(6);
const first = z.number().int().positive().optional();

const rule: z.ZodType<Rule> = z.preprocess(
  tagged,
  z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('text'), text: z.string() }),
    z.strictObject({ is: z.literal('pick'), pick: z.array(z.union([z.string(), z.record(z.string(), z.string())])).min(1) }),
    z.strictObject({ is: z.literal('case'), case: path, of: z.record(z.string(), z.string()) }),
    z.strictObject({ is: z.literal('number'), number: range, decimals: decimals.default(0), log: z.boolean().default(false) }),
    z.strictObject({ is: z.literal('times'), times: z.array(z.union([path, range])).min(2), decimals: decimals.default(2) }),
    z.strictObject({
      is: z.literal('day'),
      day: z.union([range, path]),
      after: path.default('start'),
      clock: z.union([z.string().regex(/^\d\d:\d\d$/), path]).optional(),
    }),
    z.strictObject({ is: z.literal('company'), company: z.string() }),
    z.strictObject({ is: z.literal('body'), body: z.string() }),
    z.strictObject({ is: z.literal('person'), person: z.union([z.literal(true), z.enum(['expert', 'staff'])]) }),
    z.strictObject({ is: z.literal('name'), name: z.enum(nameLists) }),
    z.strictObject({
      is: z.literal('deal'),
      deal: z.union([z.string().regex(/^[A-Z]\d\d$/, '应为三位分类代码或变量。Three characters, as C01, or a variable.'), path]),
    }),
    z.strictObject({ is: z.literal('guid'), guid: z.literal(true) }),
    z.strictObject({ is: z.literal('hex'), hex: z.number().int().min(1).max(64) }),
    z.strictObject({
      is: z.literal('repeat'),
      repeat: z.union([z.number().int().min(0).max(100_000), range, path]),
      scaled: z.boolean().default(false),
      let: lets.default({}),
    }),
    z.strictObject({ is: z.literal('every'), every: z.string(), let: lets.default({}) }),
    z.strictObject({ is: z.literal('count'), count: path }),
    z.strictObject({ is: z.literal('sum'), sum: path }),
    z.strictObject({ is: z.literal('join'), join: path, with: z.string().default(';') }),
    z.strictObject({ is: z.literal('least'), least: path, first }),
    z.strictObject({ is: z.literal('most'), most: path, first }),
  ]),
);

/** In the files a rule is told by its first word: `{ "pick": [ … ] }`; a text alone is a template. */
function tagged(written: unknown): unknown {
  if (typeof written === 'string') return { is: 'text', text: written };
  if (typeof written !== 'object' || written === null) return written;
  return { is: Object.keys(written)[0] ?? '', ...written };
}

/** Wire code → template; null leaves out what an outer level gives. */
const fields = z.record(z.string(), z.string().nullable());

/** When something is told, and how often. */
const occasion = {
  /** Once for each part. */
  each: path.optional(),
  /** The moment at which it happens. */
  at: path,
  /** All of them must hold: `outcome=1|2`, `outcome!=1`. */
  if: z.array(z.string().regex(/^[a-z][\w.]*!?=/, '应为 变量=值 或 变量!=值。')).default([]),
};
const step = z.strictObject({ dataset: z.string(), ...occasion, fields: fields.default({}) });
const offer = z.strictObject({ ...occasion, let: lets });

const story = z.strictObject({
  name: z.string().min(1),
  /** How many a system has at scale 1. */
  perSystem: z.number().int().positive(),
  /** Whether the scale leaves their number alone. */
  fixed: z.boolean().default(false),
  /** Days from today on which they begin. */
  starts: range,
  /** The same of each system's second story, or of the second, the third …: something is always going on. */
  running: z.union([range.transform((one) => [one]), z.array(range)]).default([]),
  let: lets,
  fields: fields.default({}),
  steps: z.array(step).min(1),
  /** What scenarios of registers tell of: their `every` names it. */
  offers: z.record(z.string(), offer).default({}),
});

/** A scenario file. */
export const scenarioForm = z.strictObject({ about: z.string(), fields: fields.default({}), stories: z.array(story).min(1) });

export type StoryForm = z.infer<typeof story>;
export type StepForm = z.infer<typeof step>;
export type OfferForm = z.infer<typeof offer>;
export type ScenarioForm = z.infer<typeof scenarioForm>;
