/**
 * Generated probes: a way of asking, a target for it, a way to the target. One seed, one probe.
 */
import { dice } from '../../support/dice.ts';
import { type Asking, codeProbe, countProbe, cursorProbe, filterProbe, orderProbe } from './arguments.ts';
import { OperationWriter } from './operation.ts';
import { type Making, type Probe, type Target, coordinate } from './probe.ts';
import { writeRoute } from './routes.ts';
import { writeSelection } from './selections.ts';
import { writeTrick } from './tricks.ts';

/** What probes are made from. */
export type Source = Omit<Making, 'throws' | 'target' | 'writer'> & { readonly targets: readonly Target[] };

interface Path {
  readonly name: string;
  /** How often it is taken. */
  readonly weight: number;
  /** Asks about the target without selecting it; absent where it is selected. */
  readonly ask?: Asking;
  readonly aims?: (target: Target) => boolean;
}

const paths: readonly Path[] = [
  { name: 'selection', weight: 8 },
  { name: 'filter', weight: 4, ask: filterProbe, aims: ({ field }) => field.indexed },
  { name: 'order', weight: 2, ask: orderProbe, aims: ({ field }) => field.orderable },
  { name: 'code', weight: 1, ask: codeProbe, aims: ({ dataset, field }) => dataset.byCode === field.name },
  { name: 'cursor', weight: 1, ask: cursorProbe },
  { name: 'count', weight: 2, ask: countProbe },
  { name: 'trick', weight: 2 },
];
const weighted = paths.flatMap((path) => Array.from({ length: path.weight }, () => path));

/** @returns The probe of this seed. */
export function generateProbe(seed: number, source: Source): Probe {
  const throws = dice(seed);
  const { name, ask, aims = () => true } = throws.pick(weighted);
  const target = throws.pick(source.targets.filter(aims));
  const making: Making = { ...source, throws, target, writer: new OperationWriter() };
  const told = { path: name, target: coordinate(target) };
  if (name === 'trick') return { ...told, ...writeTrick(target, making) };
  const written =
    ask?.(target, making) ?? writeRoute(target.dataset, { text: writeSelection(target, making), needs: target.field.visibility }, making);
  return { ...told, ...making.writer.finish(written.text), needs: written.needs };
}
