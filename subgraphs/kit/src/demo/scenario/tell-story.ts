/**
 * Tells a story step by step, one record after the other: platform fields, keys and dirt are put on the same way for every
 * dataset. Nothing is collected: a catalogue of 20,000 lines passes line by line.
 * @see standard/exchange.md 3, 4
 */
import type { CodeLists, Dataset, WireRecord } from '@hub/schema';

import { platformFields, senderKey } from '../platform-fields.ts';
import { randomFrom } from '../random.ts';
import { drawAll } from './draw.ts';
import { fillFields } from './fill-fields.ts';
import { spoil } from './dirt.ts';
import type { DirtKind } from './dirt-kinds.ts';
import { happenings } from './occasion.ts';
import type { ScenarioStep, ScenarioStory } from './read-scenario.ts';
import { type Stage, stageScope } from './stage.ts';
import { render } from './template.ts';
import type { Scope } from './value.ts';

/** A record of the demonstration; `dirt` says what is wrong with it on purpose and is not sent. */
export interface DemoRecord extends WireRecord {
  readonly dirt: readonly DirtKind[];
}

/** @returns The records of a story that have happened before today, step by step. */
export function* tellStory({ lets, steps }: ScenarioStory, stage: Stage, codes: CodeLists): Generator<DemoRecord> {
  const scope = drawAll(lets, { stage, scope: stageScope(stage), seed: stage.seed, index: 0 });
  // Counted over all the story will tell: the same however much of it has happened.
  let ordinal = 0;
  for (const step of steps) {
    for (const { scope: inside, at } of happenings(step.occasion, scope, stage.setting.today)) {
      ordinal += 1;
      if (at === undefined) continue;
      const record = tellStep(step, { stage, codes, scope: inside, at, ordinal });
      yield record.dirt.includes('sameNoticeTwice') ? { ...record, dirt: [] } : record;
      if (record.dirt.includes('sameNoticeTwice')) yield { ...record, dataKey: `${record.dataKey ?? ''}2` };
    }
  }
}

interface Telling {
  readonly stage: Stage;
  readonly codes: CodeLists;
  readonly scope: Scope;
  readonly at: number;
  readonly ordinal: number;
}

function tellStep(step: ScenarioStep, { stage, codes, scope, at, ordinal }: Telling): DemoRecord {
  const { dataset } = step;
  const { setting, place, platform, seed } = stage;
  const recordSeed = `${seed}/${ordinal}`;
  const named = platformOnly(dataset, platformFields(setting.province, platform, { at, ordinal }));
  for (const { code, template, dateDigits } of step.fields) {
    const text = render(template, scope, dateDigits);
    if (text !== '') named[code] = text;
  }
  const fields = fillFields(step, named, { codes, at, place: place.code, seed: recordSeed });
  const spoilt = spoil(dataset, fields, randomFrom(`${recordSeed}/dirt`));
  const key = senderKey(setting.system.region, String(dataset.no ?? 0).padStart(4, '0'), {
    at,
    serial: `${String(stage.number).padStart(4, '0')}${String(ordinal).padStart(6, '0')}`,
  });
  return { dataset: dataset.code, dataKey: spoilt.dirt.includes('missingKey') ? undefined : key, op: 'put', ...spoilt };
}

const platformCodes = new WeakMap<Dataset, readonly string[]>();

/** Those platform fields that the dataset has. */
function platformOnly(dataset: Dataset, fields: Readonly<Record<string, string>>): Record<string, string> {
  const codes =
    platformCodes.get(dataset) ?? dataset.fields.flatMap(({ wire }) => wire.map(({ code }) => code)).filter((code) => code in fields);
  platformCodes.set(dataset, codes);
  const own: Record<string, string> = {};
  for (const code of codes) own[code] = fields[code] ?? '';
  return own;
}
