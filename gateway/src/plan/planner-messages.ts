/**
 * What the gateway and its planning thread say to each other.
 */
import { z } from 'zod';

import type { QueryPlan } from './plan-tree.ts';
import type { Subgraph } from './query-planner.ts';

/** What the thread is started with. */
export const plannerOrder = z.object({ supergraphSdl: z.string() });

/** An operation to be planned. */
export const planQuestion = z.object({ id: z.number(), text: z.string(), operationName: z.string().optional() });
export type PlanQuestion = z.infer<typeof planQuestion>;

/** What the thread tells. */
export type PlannerAnswer =
  | { readonly kind: 'loaded'; readonly apiSdl: string; readonly subgraphs: readonly Subgraph[] }
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'begun'; readonly id: number }
  | { readonly kind: 'planned'; readonly id: number; readonly plan: QueryPlan | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };
