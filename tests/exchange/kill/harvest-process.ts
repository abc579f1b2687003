/**
 * The harvest in a process of its own, until it is killed: `ORDER`, as JSON.
 */
import { harvestProvince, openExchangeStore } from '@hub/exchange';
import { lenientContracts } from '@hub/exchange/testing';
import { createSigner, createSigningKey } from '@hub/kit/process';
import { z } from 'zod';

const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  use: z.literal('sig'),
  alg: z.literal('EdDSA'),
});
const { url, registry, limits } = z
  .object({
    url: z.string(),
    registry: z.object({ origin: z.string(), publicKeys: z.array(publicKey) }),
    limits: z.object({ first: z.number(), farBehind: z.number(), waitMs: z.number() }),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const store = await openExchangeStore(url, { contracts: lenientContracts(), poolSize: 2 });
harvestProvince({
  store,
  registry,
  signer: createSigner({ key: createSigningKey(), issuer: 'exchange' }),
  reach: { loopback: true },
  limits,
  onFault: (cause) => process.stderr.write(`${String(cause)}\n`),
});
process.stdout.write('begins\n');
