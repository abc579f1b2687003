/**
 * The parts of an operation, one after the other: each begins when what it stands in is answered, and is told when it is over.
 * @see defer.ts
 */
import type { GraphQLCompositeType, GraphQLObjectType, GraphQLSchema } from 'graphql';

import type { FetchError, Path } from '../fetch/source.ts';
import type { DeferStep } from './defer-document.ts';
import { isAnswered, type Site, sitesAt, targetAt, typeAt } from './defer-sites.ts';
import type { Execution } from './execution.ts';
import { placed, type Projection } from './operation.ts';
import type { PlannedPart } from './plan-operation.ts';
import type { Target } from './place.ts';
import type { Fault } from './project.ts';
import { unexplained } from './unexplained.ts';

/** What is answered together. */
export interface Part extends Pick<PlannedPart, 'fetch'> {
  /** What answers an object of a type. */
  readonly projection: (type: GraphQLCompositeType) => Projection;
  readonly nested: readonly DeferredPart[];
}

/** What is answered later. */
interface DeferredPart extends Part {
  /** As the client named it. */
  readonly label: string | undefined;
  /** From the objects of the part it stands in. */
  readonly steps: readonly DeferStep[];
}

/** One operation under way. */
export interface Running {
  readonly schema: GraphQLSchema;
  readonly root: GraphQLObjectType;
  readonly operation: Omit<Execution, 'data' | 'errors'>;
  /** Response keys under which the data has something else. @see plan/separate-keys.ts */
  readonly keys: ReadonlyMap<string, string> | undefined;
  /** Where the client finds an error. */
  readonly shownPath: (path: Path) => Path;
}

/** What is said of one object. */
export interface Answer {
  /** Null: a null was carried up to it. */
  readonly data: Target | null;
  readonly errors: readonly FetchError[];
  /** With paths from the root of the operation. */
  readonly faults: readonly Fault[];
}

/** What one deferred fragment says of one object. */
export interface Payload extends Answer {
  readonly label: string | undefined;
  readonly path: Path;
}

/** What came at one time. */
export interface Delivered {
  readonly payloads: readonly Payload[];
  readonly hasNext: boolean;
}

/** All that comes after the first part. */
export interface Delivery {
  readonly rest: AsyncGenerator<Delivered, void>;
  /** Resolves when nothing is under way any more, whoever listens to the rest, to whether anything failed. */
  readonly over: Promise<boolean>;
}

/** A part that has its place in the answer. */
interface Turn {
  readonly part: DeferredPart;
  readonly sites: readonly Site[];
  /** Its own. */
  readonly data: Target;
  /** What failed around it and was not said of a place in the answer so far. */
  readonly before: readonly FetchError[];
}

/** Runs the first part. @returns Its answer, and the parts that can begin. */
export async function begin(part: Part, running: Running): Promise<{ first: Answer; turns: readonly Turn[] }> {
  const { root } = running;
  const data: Target = {};
  const errors = await fetched(part, data, running);
  const faults: Fault[] = [];
  const answered = part.projection(root)(data, faults);
  const said = errors.filter((error) => isAnswered(error, { path: [], answered }));
  const sites = answered === null ? [] : [{ path: [], type: root, data, answered }];
  const before = errors.filter((error) => isWide(error) || !isAnswered(error, { path: [], answered }));
  return {
    first: { data: answered, errors: said, faults: unexplained(faults, errors) },
    turns: turnsIn(part, sites, { running, data, before }),
  };
}

/** Parts begin at once, before anything is asked for here. @returns What comes of them, and when all are over. */
export function deliver(turns: readonly Turn[], running: Running): Delivery {
  let finished: Payload[] = [];
  let [under, failed] = [0, false];
  let told = Promise.withResolvers<void>();
  const { promise: over, resolve: end } = Promise.withResolvers<boolean>();
  const start = (turn: Turn): void => {
    under++;
    void take(turn, running)
      .catch((cause: unknown) => ({ payloads: broken(turn, cause), next: [] }))
      .then(({ payloads, next }) => {
        under--;
        finished.push(...payloads);
        failed ||= payloads.some(({ errors, faults }) => errors.length + faults.length > 0);
        for (const inner of next) start(inner);
        told.resolve();
        if (under === 0) end(failed);
      });
  };
  for (const turn of turns) start(turn);
  if (turns.length === 0) end(false);
  const rest = (async function* (): AsyncGenerator<Delivered, void> {
    let hasNext = turns.length > 0;
    while (hasNext) {
      await told.promise;
      told = Promise.withResolvers();
      const payloads = finished;
      finished = [];
      hasNext = under > 0;
      yield { payloads, hasNext };
    }
  })();
  return { rest, over };
}

/** @returns What failed, where the client finds it. */
async function fetched({ fetch }: Part, data: Target, { operation, shownPath }: Running): Promise<readonly FetchError[]> {
  const execution: Execution = { ...operation, data, errors: [] };
  await fetch?.(execution);
  return execution.errors.map((error) => placed(error, shownPath));
}

interface Taken {
  readonly payloads: readonly Payload[];
  readonly next: readonly Turn[];
}

async function take({ part, sites, data, before }: Turn, running: Running): Promise<Taken> {
  const { schema, keys } = running;
  const failed = await fetched(part, data, running);
  const [own, errors] = [failed.filter(isWide), [...before, ...failed]];
  const payloads: Payload[] = [];
  const answered: Site[] = [];
  const said = new Set<FetchError>();
  // All objects of a part are at the same depth.
  const depth = sites[0]?.path.length ?? 0;
  const near = Map.groupBy(errors, (error) => (isWide(error) ? '' : keyOf(error.path, depth)));
  for (const site of sites) {
    const object = targetAt(data, site.path, keys) ?? {};
    const faults: Fault[] = [];
    const answer = part.projection(typeAt({ ...site, data: object }, schema))(object, faults);
    const here = (near.get(keyOf(site.path, depth)) ?? []).filter((error) => isAnswered(error, { path: site.path, answered: answer }));
    // What is said of no place is said once; but nothing is null without a word.
    const told = [...here, ...(payloads.length === 0 ? own : [])];
    for (const error of told) said.add(error);
    const placedFaults = faults.map((fault) => ({ ...fault, path: [...site.path, ...fault.path] }));
    const left = unexplained(placedFaults, errors);
    payloads.push({
      label: part.label,
      path: site.path,
      data: answer,
      errors: answer === null && told.length + left.length === 0 ? errors.slice(-1) : told,
      faults: left,
    });
    if (answer !== null) answered.push({ ...site, data: object, answered: answer });
  }
  const rest = errors.filter((error) => isWide(error) || !said.has(error));
  return { payloads, next: turnsIn(part, answered, { running, data, before: rest }) };
}

function keyOf(path: Path | undefined, depth: number): string {
  return JSON.stringify(path?.slice(0, depth));
}

/** What is around parts. */
interface Outer extends Pick<Turn, 'data' | 'before'> {
  readonly running: Running;
}

/** @returns The parts that stand anywhere in what was answered; the data of what is around them is theirs from now on. */
function turnsIn({ nested }: Part, sites: readonly Site[], { running, data, before }: Outer): readonly Turn[] {
  const found = nested.map((part) => ({ part, sites: sitesAt(sites, part.steps, running) })).filter((turn) => turn.sites.length > 0);
  return found.map((turn, index) => ({ ...turn, before, data: index === found.length - 1 ? data : structuredClone(data) }));
}

function broken({ part, sites }: Turn, cause: unknown): readonly Payload[] {
  const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return sites.map(({ path }) => ({ label: part.label, path, data: null, errors: [], faults: [{ message, path: [...path] }] }));
}

/** Said of no place. */
function isWide({ path }: FetchError): boolean {
  return path === undefined || path.length === 0;
}
