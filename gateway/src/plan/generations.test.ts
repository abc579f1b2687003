/**
 * How a running gateway takes up a new supergraph and a new routing table.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { at } from '../../testing/json.ts';
import { rowOf, startWorks } from '../../testing/works-gateway.ts';

const tables = { aa: [{ code: '1', title: 'a' }], bb: [{ code: '2', title: 'b' }] };
const counted = { data: { works: { totalCount: 2 } } };

describe('a new supergraph', () => {
  test('is taken up without a dropped request; a broken one is refused and the old one stays', async () => {
    await using works = await startWorks(tables, { pollMs: 50 });
    const sdl = await readFile(works.supergraph, 'utf8');
    const replace = async (text: string): Promise<void> => {
      await writeFile(`${works.supergraph}.new`, text);
      await rename(`${works.supergraph}.new`, works.supergraph);
    };
    const done = new AbortController();
    const answers = new Set<string>();
    const asking = (async () => {
      while (!done.signal.aborted) answers.add(JSON.stringify(await works.ask('{ works { nodes { title record { id } } } }')));
    })();

    const truncated = sdl.slice(0, sdl.length / 2);
    for (const broken of ['nonsense {', sdl.replace('type WorkConnection', 'type WorkConnexion'), truncated, 'type Query { a: Int }']) {
      const refused = works.next('supergraph-refused');
      await replace(broken);
      expect(await refused).toMatchObject({ why: expect.any(String) });
      expect(await works.ask('{ works { totalCount } }')).toMatchObject(counted);
    }

    const adopted = works.next('supergraph-adopted');
    await replace(sdl.replace(/(?<=type Work implements[^]*?\n  code: String[^\n]*to: )PUBLIC/, 'GOVERNMENT'));
    await adopted;
    done.abort();
    await asking;
    expect([...answers].map((answer) => at(JSON.parse(answer), 'status'))).toEqual([200]);
    expect(await works.ask('{ works { nodes { code } } }')).toMatchObject({ status: 403 });
  });
});

describe('the routing table', () => {
  test('is replaced at run time and recomposes nothing; a broken one is refused', async () => {
    await using works = await startWorks(tables);
    const row = { ...rowOf(works.system('aa')), name: '甲' };
    works.gateway.setSystems([row]);
    expect((await works.ask('{ works { totalCount coverage { answered { name } } } }')).data).toEqual({
      works: { totalCount: 1, coverage: { answered: [{ name: '甲' }] } },
    });
    for (const broken of [[row, row], [{ ...row, code: '甲' }], [{ ...row, url: 'elsewhere' }]]) {
      expect(() => works.gateway.setSystems(broken)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    }
    works.gateway.setSystems([row, rowOf(works.system('bb'))]);
    expect(await works.ask('{ works { totalCount } }')).toMatchObject(counted);
    expect(works.events.filter(({ kind }) => kind === 'supergraph-adopted')).toHaveLength(1);
  });
});
