import { describe, expect, test } from 'vitest';

import { readContract } from '../../read-contract.ts';
import { type Branch, tiesOf, treesOf } from './ties.ts';

const contract = readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
  type Project @dataset(code: "P", key: [], why: "w") { code: String  tenders: [Tender!]! @relation(from: "code", to: "project") }
  type Tender @dataset(code: "T", key: [], why: "w") { code: String project: String
    of: Project @relation(from: "project", to: "code")  lots: [Lot!]! @relation(from: "code", to: "tender") notices: [Notice!]! @relation(from: "code", to: "tender") }
  type Lot @dataset(code: "L", key: [], why: "w") { code: String tender: String
    of: Tender @relation(from: "tender", to: "code") notices: [Notice!]! @relation(from: "code", to: "lots") }
  type Notice @dataset(code: "N", key: [], why: "w") { tender: String lots: [String!]
    of: Tender @relation(from: "tender", to: "code") about: [Lot!]! @relation(from: "lots", to: "code") }
  type Alone @dataset(code: "A", key: [], why: "w") { code: String }`);

const outline = ({ dataset, tie, children }: Branch): unknown => [dataset.code, tie && `${tie.there}:${tie.here}`, children.map(outline)];

describe('relations', () => {
  test('a relation is told with the number of rows at both ends', () => {
    const [, , , notice] = contract.datasets;
    expect(notice && tiesOf(contract, notice)).toEqual([
      { field: 'of', other: 'Tender', from: 'tender', to: 'code', here: 'n', there: '1' },
      { field: 'about', other: 'Lot', from: 'lots', to: 'code', here: 'n', there: 'n' },
    ]);
    expect(contract.datasets.slice(0, 1).map((dataset) => tiesOf(contract, dataset))).toEqual([
      [{ field: 'tenders', other: 'Tender', from: 'code', to: 'project', here: '1', there: 'n' }],
    ]);
  });

  test('each dataset hangs on its nearest relative, one without relatives stands alone', () => {
    expect(treesOf(contract).map(outline)).toEqual([
      ['P', undefined, [['T', '1:n', [['L', '1:n', [['N', 'n:n', []]]]]]]],
      ['A', undefined, []],
    ]);
  });
});
