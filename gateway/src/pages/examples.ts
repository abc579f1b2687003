/**
 * Ready-made queries for the explorer: each shows one thing the hub can do. Only those that the supergraph in service can
 * answer are shown.
 */
import { type GraphQLSchema, parse, validate } from 'graphql';

/** The tabs in the order they are shown. */
const examples: readonly string[] = [
  `# 一、全省最新公告：各系统一次作答，
#     按发布时间合成一张表。
# The latest notices of all systems, one list.
# coverage 写明谁作答、谁缺席、为何；
#     某市停机时其余照常。
# 点 ▶ 运行；鼠标停在字段上看说明；
#     左上角的书是文档。
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
    coverage {
      complete
      missing { system { code name } reason since }
    }
  }
}
`,
  `# 二、一个项目从头到尾：由最新的中标结果
#     回看标段、投标、候选人、项目和公告。
# From the latest awards back to their lots,
# bids, candidates, projects and notices.
# 开标前，投标人及其数量谁也看不见；
#     合同属政务公开，须持令牌查询。
query ProjectFromEndToEnd {
  awardNotices(filter: { copies: EXCLUDE }, first: 3) {
    nodes {
      title
      publishedAt
      system { name }
      winners { name }
      price { yuan text }
      section {
        code
        name
        estimatedPrice { yuan }
        bids { bidders { name } price { yuan text } }
        candidates { rank bidders { name } }
      }
      tenderProject {
        name
        tenderers { name }
        project { name investmentCode }
        notices { title publishedAt }
      }
    }
    coverage { complete }
  }
}
`,
  `# 三、一家企业在全省各市的成交，
#     按成交金额由高到低。换上企业名称的
#     任何一段，或用 code: { in: […] }。
# Awards of one company across all cities,
# highest price first.
query AwardsOfACompany(
  $company: String = "示例壬午建筑工程"
) {
  deals(
    filter: {
      winners: { name: { text: $company } }
      copies: EXCLUDE
    }
    order: PRICE_DESC
    first: 20
  ) {
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
  `# 四、按系统和月份统计成交：每笔只计一次，
#     金额是精确小数，支出与收入不相加。
# Statistics by system and month: each deal
# counts once, exact decimals.
# 有系统缺席时默认不给不完整的数；
#     partial: true 表示可以接受。
query DealStatistics {
  dealStatistics(
    by: [SYSTEM, MONTH]
    filter: { category: { in: ["construction"] } }
    partial: true
  ) {
    groups {
      direction
      key { code label }
      deals
      priced
      price
      saved
    }
    coverage {
      complete
      missing { system { name } reason }
    }
  }
}
`,
  `# 五、全部交易系统：谁运营、提供哪些契约。
# All trading systems: who runs them,
# what they serve.
query TradingSystems {
  systems {
    code
    name
    owner
    region { name }
    contracts
    state
  }
}
`,
  `# 六、各类交易同样问法：土地出让与政府采购
#     的结果，和各类别的成交笔数。
# The same way for every trade: land and
# procurement, and deals by category.
query EveryTrade {
  landDeals(first: 5) {
    nodes { title publishedAt winners { name } price { yuan } system { name } }
    totalCount
    coverage { complete }
  }
  purchaseAwards(first: 5) {
    nodes { title publishedAt winners { name } price { yuan } system { name } }
    totalCount
    coverage { complete }
  }
  dealStatistics(by: [CATEGORY], partial: true) {
    groups { direction key { code label } deals price }
  }
}
`,
  `# 七、从成交到企业登记：法定代表人、注册资本、
#     业绩。登记停机时 entity 只留代码。
# From a deal to its winner's entry in the
# register of companies.
query WinnerInTheRegister {
  deals(
    filter: {
      winners: { name: { text: "示例" } }
      copies: EXCLUDE
    }
    order: PRICE_DESC
    first: 5
  ) {
    nodes {
      title
      winners {
        name
        entity {
          code
          name
          legalRepresentative
          registeredCapital { yuan }
          roles { label }
          trackRecords { sectionName price { yuan } }
        }
      }
    }
  }
}
`,
  `# 八、按标题搜索，两个字就够；只问几个系统时
#     在 filter 里加 systems: ["代码"]。
# Search in titles; «systems» names the
# systems to ask.
query SearchNotices($words: String = "学校") {
  notices(
    filter: { title: { text: $words } }
    first: 10
  ) {
    edges {
      late
      node {
        title
        publishedAt
        sourceUrl
        system { name }
      }
    }
    totalCount
    coverage { complete }
  }
}
`,
];

/** What a tab is called, by the name of its operation, which GraphQL allows in ASCII only. */
export const exampleLabels: Readonly<Record<string, string>> = {
  LatestNotices: '全省最新公告',
  ProjectFromEndToEnd: '项目从头到尾',
  AwardsOfACompany: '企业成交',
  DealStatistics: '成交统计',
  TradingSystems: '交易系统',
  EveryTrade: '各类交易',
  WinnerInTheRegister: '企业登记',
  SearchNotices: '搜索公告',
};

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
