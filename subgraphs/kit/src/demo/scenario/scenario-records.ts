/**
 * The demonstration of every contract that has a scenario: the stories of one system, and what a provincial system holds of
 * the cities' as copies. Pure: scenario, seed, scale and day decide every byte.
 * @see design/partitioning.md «Counting once»
 */
import type { CodeLists } from '@hub/schema';

import { copiedShare } from '../plan-project.ts';
import { randomFrom } from '../random.ts';
import { isProvincial, type Setting, settingAt } from '../setting.ts';
import type { DemoRecord } from '../tell-project.ts';
import type { Scenario, ScenarioStory } from './read-scenario.ts';
import { sourcesOf } from './sources.ts';
import { type Stage, stageOf } from './stage.ts';
import { tellStory } from './tell-story.ts';

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
  for (const scenario of scenarios.filter(({ contract }) => contracts.includes(contract))) {
    for (const { story, stage } of stagesOf(scenario, setting, scale)) yield* tellStory(story, stage, codes);
    if (!isProvincial(setting)) continue;
    for (const row of setting.province.systems.filter((system) => system.contracts.includes(scenario.contract))) {
      const city = settingAt(setting, row);
      if (isProvincial(city)) continue;
      for (const { story, stage } of stagesOf(scenario, city, scale)) {
        if (randomFrom(`${stage.seed}/copied`).chance(copiedShare)) yield* tellStory(story, stage, codes);
      }
    }
  }
}

/** @returns How many stories of a kind a system has: at least one, and a running one where the kind has such. */
function storyCount({ perSystem, fixed, running }: ScenarioStory, scale: number): number {
  return fixed ? perSystem : Math.max(running === undefined ? 1 : 2, Math.round(perSystem * scale));
}

function* stagesOf(
  { contract, stories }: Scenario,
  setting: Setting,
  scale: number,
): Generator<{ readonly story: ScenarioStory; readonly stage: Stage }> {
  const source = sourcesOf(setting, scale);
  for (const [kind, story] of stories.entries()) {
    const count = storyCount(story, scale);
    for (let index = 0; index < count; index++) {
      const stage = stageOf({
        setting,
        scale,
        seed: `${setting.seed}/${setting.system.code}/${contract}/${story.name}/${index}`,
        // What another kind of story does, or how many there are, moves nothing here.
        number: index * stories.length + kind,
        starts: index === 1 && story.running !== undefined ? story.running : story.starts,
        source,
      });
      yield { story, stage };
    }
  }
}
