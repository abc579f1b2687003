/**
 * The demonstration of every contract that has a scenario: the stories of one system, and what a provincial system holds of
 * the cities' as copies. Pure: scenario, seed, scale and day decide every byte.
 * @see design/partitioning.md «Counting once»
 */
import type { CodeLists } from '@hub/schema';

import { randomFrom } from '../random.ts';
import { isProvincial, type Setting, settingAt } from '../setting.ts';
import type { Scenario } from './read-scenario.ts';
import { sourcesOf } from './sources.ts';
import { stagesOf } from './stages.ts';
import { type DemoRecord, tellStory } from './tell-story.ts';

/** Share of a city's stories that the provincial system holds a copy of. */
const copiedShare = 0.05;

/** What scenarios are played with. */
export interface Play {
  readonly scenarios: readonly Scenario[];
  readonly codes: CodeLists;
  /** Multiplies the number of stories, 1 by default. */
  readonly scale: number;
}

/** @returns Records of the system, story by story; copies after what is its own. */
export function* scenarioRecords(setting: Setting, { scenarios, codes, scale }: Play): Generator<DemoRecord> {
  const { contracts } = setting.system;
  const source = sourcesOf(setting, scenarios, scale);
  for (const scenario of scenarios.filter(({ contract }) => contracts.includes(contract))) {
    for (const { story, stage } of stagesOf(scenario, { setting, scale, source })) yield* tellStory(story, stage, codes);
    if (!isProvincial(setting)) continue;
    for (const row of setting.province.systems.filter((system) => system.contracts.includes(scenario.contract))) {
      const city = settingAt(setting, row);
      if (isProvincial(city)) continue;
      for (const { story, stage } of stagesOf(scenario, { setting: city, scale, source })) {
        if (randomFrom(`${stage.seed}/copied`).chance(copiedShare)) yield* tellStory(story, stage, codes);
      }
    }
  }
}
