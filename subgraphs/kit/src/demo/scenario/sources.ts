/**
 * What the whole demonstration knows, for scenarios that tell of everybody instead of drawing somebody: who is in the market,
 * and what other scenarios offer.
 */
import type { Setting } from '../setting.ts';
import { drawAll } from './draw.ts';
import { happenings } from './occasion.ts';
import { everyOrganisation, personBundle } from './people.ts';
import type { Scenario, ScenarioStory } from './read-scenario.ts';
import { type Stage, stageScope } from './stage.ts';
import { stagesEverywhere } from './stages.ts';
import type { Bundle } from './value.ts';

/** @returns A reader of the sources; each is made once, when it is first asked for. */
export function sourcesOf(setting: Setting, scenarios: readonly Scenario[], scale: number): (name: string) => readonly Bundle[] {
  const made = new Map<string, readonly Bundle[]>();
  const make = (name: string): readonly Bundle[] => {
    if (name === 'organisations') return everyOrganisation(setting);
    if (name === 'persons') return setting.market.persons.map(personBundle);
    return scenarios.flatMap((scenario) =>
      // What is offered draws on no other source: it could be its own.
      [...stagesEverywhere(scenario, { setting, scale, source: () => [] })].flatMap(({ story, stage }) => [...offered(story, stage, name)]),
    );
  };
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}

/** What a story has to offer by today. */
function* offered({ lets, offers }: ScenarioStory, stage: Stage, name: string): Generator<Bundle> {
  const offer = offers.get(name);
  if (offer === undefined) return;
  const scope = drawAll(lets, { stage, scope: stageScope(stage), seed: stage.seed, index: 0 });
  for (const { scope: inside, at } of happenings(offer.occasion, scope, stage.setting.today)) {
    if (at === undefined) continue;
    yield { members: drawAll(offer.lets, { stage, scope: inside, seed: `${stage.seed}/${name}`, index: 0 }).own };
  }
}
