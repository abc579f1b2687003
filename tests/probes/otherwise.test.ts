/**
 * Two provinces that differ only in what a caller may not read, hidden values, sealed records and how many there are and
 * when they came: to that caller every answer is the same, byte for byte. So nothing of it is told by numbers, orders,
 * cursors, pages, statistics, warnings or errors either.
 * @see design/graph.md «Who sees what»
 */
import { describe, expect, test } from 'vitest';

import { type Level, levels } from '../support/query/law-schema.ts';
import { generateQuery } from '../support/query/generate-query.ts';
import { sizeOf } from '../support/sizes.ts';
import { type Caller, allCallers, callerNamed } from './ask/callers.ts';
import { generateProbe } from './ask/generate-probe.ts';
import type { Operation } from './ask/operation.ts';
import { sourceOf } from './ask/run-probes.ts';
import { type Answered, requestOf } from './ask/send.ts';
import { moments } from './plant/lots.ts';
import { type World, startWorld } from './plant/world.ts';
