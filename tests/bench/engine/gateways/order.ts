/**
 * What every gateway of the comparison is told when it starts; each takes from it what it needs.
 */
import { z } from 'zod';

export const gatewayOrder = z.object({
  /** File with the supergraph. */
  supergraph: z.string(),
  endpoints: z.array(z.object({ name: z.string(), url: z.string() })),
  /** The systems of the scattered page. */
  systems: z.array(z.object({ code: z.string(), url: z.string() })),
  /** Address of the upstream that always says the same. */
  floor: z.string(),
  /** Folder of the gateway's own packages, where it is not ours. */
  peers: z.string(),
  /** Which form of it. */
  form: z.string(),
});

export type GatewayOrder = z.infer<typeof gatewayOrder>;
