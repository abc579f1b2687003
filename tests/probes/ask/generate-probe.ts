/**
 * Generated probes: a target, a way to it, a way of asking. One seed, one probe.
 */
import { dice } from '../../support/dice.ts';
import { type Asking, codeProbe, countProbe, cursorProbe, filterProbe, orderProbe } from './arguments.ts';
import { OperationWriter } from './operation.ts';
import { type Making, type Probe, type Target, coordinate, strictest } from './probe.ts';
import { writeRoute } from './routes.ts';
import { writeSelection } from './selections.ts';
import { writeTrick } from './tricks.ts';

/** What probes are made from. */
export type Source = Omit<Making, 'throws' | 'target' | 'writer'> & { readonly targets: readonly Target[] };

const askings: Readonly<Record<string, Asking>> = { filter: filterProbe, order: orderProbe, code: codeProbe, cursor: cursorProbe, count: countProbe };

/** @returns The probe of this seed. */
export function generateProbe(seed: number, source: Source): Probe {
  const throws = dice(seed);
  const target = throws.pick(source.targets);
  const making: Making = { ...source, throws, target, writer: new OperationWriter() };
  const path = throws.pick(['selection', 'selection', 'selection', 'selection', 'filter', 'filter', 'order', 'code', 'cursor', 'count', 'trick']);
  const told = { path, target: coordinate(target) };
  if (path === 'trick') return { ...told, ...writeTrick(target, making) };
  const asked = askings[path]?.(target, making);
  if (asked !== undefined) return { ...told, ...making.writer.finish(asked.text), needs: path === 'cursor' ? undefined : asked.needs };
  const inner = { text: writeSelection(target, making), needs: target.field.visibility };
  const { text, needs } = writeRoute(target.dataset, inner, making);
  return { path: 'selection', target: told.target, ...making.writer.finish(text), needs: strictest(needs) };
}
