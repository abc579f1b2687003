/**
 * The user story of one project with its sections, bids and results, end to end: by id and by code, with everybody there and
 * with a city that is down, silent, stalled or answering garbage. @see design/partitioning.md «Single», «Code»
 */
import { encodeRecordId } from '@hub/schema';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { type Federation, startFederation } from '../support/federation.ts';
import { outageKinds } from '../support/outage-kinds.ts';
import { at, changed, listAt } from '../support/parse-json.ts';
import { projectCode } from '../support/project-life.ts';
import { fillToyProvince } from '../support/toy-lives.ts';
import { toyProvince } from '../support/toy-province.ts';

let federation: Federation;
beforeAll(async () => {
  // Far above what a healthy system takes, for machines that are busy.
  federation = await startFederation({ province: await toyProvince(), gateway: { systemDeadlineMs: 2000 } });
  await fillToyProvince(federation);
});
afterEach(() => federation.heal());
afterAll(() => federation[Symbol.asyncDispose]());

const city = 'yuecheng';
describe('One project with its sections, bids and results', () => {
  const parts = `name system { code } notices { title } sections { name bids { bidders { name } price { yuan } } } awardNotices { winners { name } price { yuan } }`;
  const byCode = (number: string): string =>
    `{ project: tenderProjectByCode(code: "${projectCode(number)}") { ${parts} warnings { rule } } }`;
  const byId = (system: string, number: string) => ({
    query: `query Project($id: ID!) { project: tenderProject(id: $id) { ${parts} } }`,
    variables: { id: encodeRecordId({ system, type: 'TenderProject', key: projectCode(number) }) },
  });
  const bid = (name: string, yuan: string) => ({ bidders: [{ name }], price: { yuan } });
  const bids = [bid('示例甲建筑有限公司', '1000000'), bid('示例乙路桥有限公司', '1010000')];
  const school = {
    name: '星光小学新建工程',
    system: { code: 'xingcheng' },
    notices: [{ title: '星光小学新建工程招标公告' }],
    sections: [
      { name: '土建', bids },
      { name: '装修', bids },
    ],
    awardNotices: [
      { winners: [{ name: '示例甲建筑有限公司' }], price: { yuan: '9505000' } },
      { winners: [{ name: '示例乙路桥有限公司' }], price: { yuan: '2900000' } },
    ],
  };

  test('is one answer of one system, and what has not been opened is not shown', async () => {
    expect((await federation.ask(byId('xingcheng', '11'))).data).toEqual({ project: school });
    expect((await federation.ask(byId('toy-construction', '13'))).data).toEqual({
      project: {
        name: '流星渠治理工程',
        system: { code: 'toy-construction' },
        notices: [{ title: '流星渠治理工程招标公告' }],
        sections: [{ name: '河道', bids: [] }],
        awardNotices: [],
      },
    });
  });

  test.each(outageKinds)(
    'of a city that is %s: by id null with a typed error, by code never a null that lies',
    async (_name, behaviour) => {
      await federation.make(behaviour, ['xingcheng']);
      const shown = ({ data, errors }: Awaited<ReturnType<Federation['ask']>>) => ({
        data,
        errors: errors.map(({ code, path, extensions }) => ({
          code,
          path,
          system: extensions['system'],
          retries: typeof extensions['retryAfterMs'],
        })),
      });
      expect(shown(await federation.ask(byId('xingcheng', '11')))).toEqual({
        data: { project: null },
        errors: [{ code: 'SYSTEM_FAILED', path: ['project'], system: 'xingcheng', retries: 'number' }],
      });
      const lookup = await federation.ask({ query: byCode('11') });
      expect({ data: lookup.data, codes: lookup.errors.map(({ code }) => code) }).toEqual({
        data: { project: null },
        codes: ['COVERAGE_INCOMPLETE'],
      });
      expect(lookup.errors[0]?.message).toContain('xingcheng');
    },
  );

  test.each(outageKinds)('of others, while a city is %s: the record, and a warning that another may exist', async (_name, behaviour) => {
    await federation.make(behaviour, [city]);
    const { data, errors } = await federation.ask({ query: byCode('11') });
    expect(errors).toEqual([]);
    expect(changed(at(data, 'project'), { warnings: [] })).toEqual({ ...school, warnings: [] });
    expect(listAt(data, 'project', 'warnings').map((warning) => at(warning, 'rule'))).toContain('COVERAGE_INCOMPLETE');
  });

  test('that a city and the province both publish is the original’s', async () => {
    const { data, errors } = await federation.ask({ query: byCode('12') });
    expect({ system: at(data, 'project', 'system'), errors }).toEqual({ system: { code: 'yuecheng' }, errors: [] });
  });
});
