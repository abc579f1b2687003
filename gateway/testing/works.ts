/**
 * A small law for the gateway's own tests: two partitioned contracts and one logical subgraph, composed as the real ones are.
 */
import { readFileSync } from 'node:fs';

import { composeServices } from '@apollo/composition';
import { isHeldBySystems, readLaw, serveContracts, subgraphUrl } from '@hub/schema';
import { type DocumentNode, parse } from 'graphql';

const read = (path: string): string => readFileSync(new URL(`../../schema/${path}`, import.meta.url), 'utf8');
const parts = { directives: read('directives.graphql'), shared: read('shared.graphql') };

const works = `
extend schema @contract(name: "works", version: "1.0.0", edition: "test", title: "作品")

type Work implements Record @dataset(code: "WORK", key: ["CODE"], byCode: "code", why: "test", national: false) {
  code: String @wire(code: "CODE", type: "C..50") @visibility(to: PUBLIC) @indexed
  title: String @wire(code: "TITLE", type: "C..50") @visibility(to: PUBLIC) @indexed(order: true)
  price: Money @wire(code: "PRICE", type: "N..20,6", part: "amount") @visibility(to: PUBLIC) @indexed(order: true)
  publishedAt: DateTime @wire(code: "PUBLISHED_AT", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC) @indexed(order: true)
  secret: String @wire(code: "SECRET", type: "C..50") @visibility(to: GOVERNMENT) @indexed(order: true)
  siblings: [Work!]! @relation(from: "code", to: "code") @visibility(to: PUBLIC)
  record: Record @wire(code: "RECORD_ID", type: "C..200") @visibility(to: PUBLIC)
}

enum WorkDimension { TITLE @visibility(to: PUBLIC) SECRET @visibility(to: GOVERNMENT) }
type WorkStatistics { groups: [WorkGroup!]! @visibility(to: PUBLIC) coverage: Coverage! @visibility(to: PUBLIC) }
type WorkGroup {
  key: [Code!]! @visibility(to: PUBLIC) @merge(by: KEY)
  works: Int! @visibility(to: PUBLIC) @merge(by: SUM)
  price: Decimal! @visibility(to: PUBLIC) @merge(by: SUM)
  saved: Decimal @visibility(to: PUBLIC) @merge(by: SUM)
}
extend type Query {
  workStatistics(filter: WorkFilter @visibility(to: PUBLIC), by: [WorkDimension!]! @visibility(to: PUBLIC), partial: Boolean! = false @visibility(to: PUBLIC)): WorkStatistics! @route(by: GROUP) @visibility(to: PUBLIC)
}`;

const details = `
extend schema @contract(name: "details", version: "1.0.0", edition: "test", title: "细节")

type Detail implements Record @dataset(code: "DETAIL", key: ["CODE"], why: "test", national: false) {
  code: String @wire(code: "CODE", type: "C..50") @visibility(to: PUBLIC) @indexed
  text: String @wire(code: "TEXT", type: "C..50") @visibility(to: PUBLIC)
}`;

const registry = read('contracts/registry.graphql');

const law = readLaw([works, details, registry], parts);

/** The composed supergraph. */
export function worksSupergraph(): string {
  const services = law.map(({ contract, served }) => ({
    name: contract.name,
    url: subgraphUrl(contract),
    typeDefs: parse(served),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error((errors ?? []).map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** What one system serves: all contracts with records in one schema. */
export function systemSdl(): DocumentNode {
  return serveContracts(law.filter(({ contract }) => isHeldBySystems(contract)).map(({ served }) => served));
}
