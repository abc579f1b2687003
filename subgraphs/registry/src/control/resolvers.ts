/**
 * The control interface as a schema with its resolvers.
 * @see control.graphql
 */
import { readFileSync } from 'node:fs';

import { HubError } from '@hub/schema';
import { buildSchema, GraphQLScalarType, type GraphQLSchema } from 'graphql';

import { operations } from '../usage/operations.ts';
import { reportUsage } from '../usage/report-usage.ts';
import { approveContracts, rejectContracts, rollbackContracts } from '../contracts/decide.ts';
import { checkContracts, proposeContracts } from '../contracts/propose.ts';
import { contractQueries } from '../contracts/queries.ts';
import { reportHealth } from './health.ts';
import { allowContracts, revokeKey, rotateKey } from './keys.ts';
import { republishSystem, rollbackSystem, withdrawSystem } from './lifecycle.ts';
import { publishSystem } from './publish.ts';
import { queries } from './queries.ts';
import { registerSystem } from './register.ts';

/** Root fields by name: graphql-js calls them with the arguments and the context. */
export const rootValue = {
  ...queries,
  ...contractQueries,
  operations,
  publishSystem,
  withdrawSystem,
  republishSystem,
  rollbackSystem,
  rotateKey,
  allowContracts,
  revokeKey,
  registerSystem,
  reportHealth,
  checkContracts,
  proposeContracts,
  approveContracts,
  rejectContracts,
  rollbackContracts,
  reportUsage,
};

/** @returns The schema of `control.graphql`. */
export function controlSchema(): GraphQLSchema {
  const schema = buildSchema(readFileSync(new URL('./control.graphql', import.meta.url), 'utf8'));
  const instant = schema.getType('DateTime');
  if (instant instanceof GraphQLScalarType) instant.parseValue = readInstant;
  return schema;
}

function readInstant(value: unknown): Date {
  const read = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value) ? new Date(value) : undefined;
  if (read !== undefined && !Number.isNaN(read.getTime())) return read;
  throw new HubError('QUERY_INVALID', { zh: '时间应为 ISO 8601，带时区。', en: 'An instant is ISO 8601 with zone.' });
}
