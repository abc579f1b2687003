/**
 * What the answer's types find wrong and no error of a subgraph explains: one null tells of one failure.
 * @see GraphQL, October 2021, 6.4.4 «Handling Field Errors»
 */
import type { Path } from '../fetch/source.ts';
import type { Fault } from './project.ts';

/** @returns The faults a client is to be told of beside the errors. A value of a wrong type is one whatever failed elsewhere. */
export function unexplained(faults: readonly Fault[], errors: readonly Told[]): readonly Fault[] {
  if (faults.length === 0 || errors.length === 0) return faults;
  const places = errors.flatMap(({ path, extensions }) => (path === undefined ? [] : [{ path, isOfSystem: 'system' in extensions }]));
  // Where a whole fetch failed, anything it should have brought is null.
  const anywhere = places.length < errors.length;
  return faults.filter(({ isNull, path }) => isNull !== true || !(anywhere || places.some((place) => explains(place, path))));
}

interface Told {
  readonly path?: Path | undefined;
  readonly extensions: object;
}

/**
 * Whether one of the places is in the other. That a system is away is told at the first object it has, of any number in one list
 * (design/partitioning.md P5).
 */
function explains({ path: one, isOfSystem }: { readonly path: Path; readonly isOfSystem: boolean }, other: Path): boolean {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  return shorter.every((step, index) => step === longer[index] || (isOfSystem && typeof step === 'number'));
}
