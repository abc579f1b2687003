/**
 * Every kind of rule, the closed list: over one record first, then across records. Names are permanent.
 * @see standard/exchange.md 6
 */
import type { Kind } from './kind.ts';
import { datesInOrder } from './kinds/dates-in-order.ts';
import { parentExists } from './kinds/parent-exists.ts';
import { unchanged } from './kinds/unchanged.ts';

export const kinds: readonly Kind[] = [datesInOrder, parentExists, unchanged];
