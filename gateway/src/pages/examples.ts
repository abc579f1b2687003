/**
 * Ready-made queries for the explorer: each shows one thing the hub can do. Only those that the supergraph in service can
 * answer are shown.
 */
import { type GraphQLSchema, parse, validate } from 'graphql';

/** The tabs in the order they are shown. */
const examples: readonly string[] = [
  `# 一、全省最新公告：所有交易系统一次作答，按发布时间排成一张表。
# The latest notices of the whole province, one list from all systems.
# coverage 说明答案由哪些系统给出、缺哪些、为何；某市停机时其余照常。
# 点击 ▶ 运行；光标放在字段上可看说明，左上角可打开文档。
query LatestNotices {
  notices(first: 20) {
    nodes {
      title
      publishedAt
      stage { label }
      category { label }
      region { name }
      system { code name }
    }
    totalCount
    pageInfo { hasNextPage endCursor }
    coverage { complete missing { system { code name } reason since } }
  }
}
`,
  `# 二、一个项目从头到尾：项目、标段、投标、中标候选人、中标结果；只问一个系统，一次取回。
# One tender project with its lots, bids, candidates and results.
# 开标前，投标人及其数量对任何人不可见；合同等政务公开的内容需持令牌查询。
query ProjectFromEndToEnd {
  tenderProjects(first: 3) {
    nodes {
      code
      name
      system { name }
      sections {
        code
        name
        bids { bidders { name } price { yuan } }
        candidates { rank bidders { name } }
        awardNotices { title publishedAt winners { name } }
      }
    }
    coverage { complete }
  }
}
`,
  `# 三、某家企业在全省各市的成交，按成交金额由高到低。
# Awards of one company across all cities, highest price first.
query AwardsOfACompany {
  deals(filter: { winners: { name: { text: "建设" } }, copies: EXCLUDE }, order: PRICE_DESC, first: 20) {
    nodes {
      title
      winners { name code }
      price { yuan }
      decidedAt
      tradingPlace { name }
      system { name }
    }
    totalCount
    coverage { complete }
  }
}
`,
  `# 四、按系统和月份统计成交：每笔只计一次，金额为精确小数，支出与收入不相加。
# Statistics by system and month: each deal counted once, exact decimals.
# 有系统未作答时默认拒绝给出不完整的数；partial: true 表示可以接受。
query DealStatistics {
  dealStatistics(by: [SYSTEM, MONTH], partial: true) {
    groups {
      direction
      key { code label }
      deals
      priced
      price
      saved
    }
    coverage { complete missing { system { name } reason } }
  }
}
`,
  `# 五、全部交易系统：谁运营、服务哪些契约。
# All trading systems: who runs them, what they serve.
query TradingSystems {
  systems { code name owner region { name } contracts state }
}
`,
  `# 六、搜索标题：两个字的中文词也走索引；只问指定的系统用 systems。
# Search in titles; «systems» names the systems to ask.
query SearchNotices($words: String = "学校") {
  notices(filter: { title: { text: $words } }, first: 10) {
    edges { late node { title publishedAt sourceUrl system { name } } }
    totalCount
    coverage { complete }
  }
}
`,
];

const elsewhere = `# 在此输入查询，点击 ▶ 运行。左上角可打开文档。
# Type a query here and run it with ▶; the documentation is at the top left.
{
  __typename
}
`;

/** @returns The examples that are valid queries of this schema; one that always is when there are none. */
export function examplesFor(schema: GraphQLSchema): readonly string[] {
  const valid = examples.filter((text) => validate(schema, parse(text)).length === 0);
  return valid.length === 0 ? [elsewhere] : valid;
}

/** All examples, whether or not a schema can answer them. */
export function allExamples(): readonly string[] {
  return examples;
}
