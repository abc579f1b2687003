/**
 * Which stories of a scenario are played, and on which stage: those of one system, or of all.
 */
import { settingAt } from '../setting.ts';
import type { Scenario, ScenarioStory } from './read-scenario.ts';
import { type Stage, type StageFrame, stageOf } from './stage.ts';

/** A story and where it is played. */
export interface Staged {
  readonly story: ScenarioStory;
  readonly stage: Stage;
}

type Playing = Pick<StageFrame, 'setting' | 'scale' | 'source'>;

/** @returns The stories of the setting's system, one after the other. */
export function* stagesOf({ contract, stories }: Scenario, { setting, scale, source }: Playing): Generator<Staged> {
  for (const [kind, story] of stories.entries()) {
    const count = storyCount(story, scale);
    for (let index = 0; index < count; index++) {
      const stage = stageOf({
        setting,
        scale,
        seed: `${setting.seed}/${setting.system.code}/${contract}/${story.name}/${index}`,
        // What another kind of story does, or how many there are, moves nothing here.
        number: index * stories.length + kind,
        starts: story.running[index - 1] ?? story.starts,
        source,
      });
      yield { story, stage };
    }
  }
}

/** @returns The stories of every system that trades what the scenario tells of. */
export function* stagesEverywhere(scenario: Scenario, { setting, ...playing }: Playing): Generator<Staged> {
  for (const row of setting.province.systems.filter(({ contracts }) => contracts.includes(scenario.contract))) {
    yield* stagesOf(scenario, { ...playing, setting: settingAt(setting, row) });
  }
}

/** @returns How many stories of a kind a system has: at least one, and the running ones of the kind. */
function storyCount({ perSystem, fixed, running }: ScenarioStory, scale: number): number {
  return fixed ? perSystem : Math.max(1 + running.length, Math.round(perSystem * scale));
}
