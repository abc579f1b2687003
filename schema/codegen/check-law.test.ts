import { expect, test } from 'vitest';

import { checkLaw } from './check-law.ts';
import { readLawFiles } from './load-contracts.ts';

const law = readLawFiles();

test('the law as it is written may be generated from', () => {
  expect(checkLaw(law)).toBe(law);
});

test('one finding stops generation, with its place and both languages', () => {
  const contracts = law.contracts.map((sdl) =>
    sdl.replace(
      'publishedAt: DateTime @wire(code: "PUBLISHED_AT", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC)',
      'publishedAt: DateTime @wire(code: "PUBLISHED_AT", type: "yyyyMMddHHmmss")',
    ),
  );
  expect(() => checkLaw({ ...law, contracts })).toThrow(
    /^契约有 1 处不合规，没有生成任何文件。\nThe contracts have 1 findings; nothing is generated\.\nboard\.graphql:18:3 VISIBILITY_MISSING Notice\.publishedAt\n {2}字段 publishedAt 没有写公开范围.*\n {2}publishedAt does not say who may see it\./,
  );
});
