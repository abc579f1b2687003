/**
 * Ten operations of the kinds that callers send, for measuring what planning costs.
 */

/** By name; each is valid for an anonymous caller. */
export const operations: Readonly<Record<string, string>> = {
  notices: '{ notices(first: 20) { nodes { title publishedAt stage { label } region { name } } coverage { complete } } }',
  noticesWithSystems: '{ notices(first: 20) { nodes { title system { code name owner region { name } } } } }',
  noticeWithHtml: 'query ($id: ID!) { notice(id: $id) { title html sourceUrl deals { title price { yuan } } } }',
  noticeToRecord:
    'query ($id: ID!) { notice(id: $id) { title record { id system { name } ... on TenderNotice { title } ... on AwardNotice { title } } } }',
  tenderProjects: `{ tenderProjects(first: 20) { nodes { code name sections { code name
    bids { bidders { name } price { yuan } } candidates { rank bidders { name } } awardNotices { title winners { name } } } } } }`,
  projectFromEndToEnd: `query ($code: String!) { constructionProjectByCode(code: $code) { code name tenderProjects { code name
    sections { code bids { bidders { name } } } notices { title publishedAt } } } }`,
  dealsOfACompany: `query ($name: String!) { deals(first: 20, order: PRICE_DESC, filter: { winners: { name: { text: $name } } }) {
    nodes { title winners { name code } price { yuan } decidedAt system { name } } totalCount } }`,
  statistics: '{ dealStatistics(by: [REGION, MONTH], partial: true) { groups { key { code label } deals price } coverage { complete } } }',
  systems: '{ systems { code name owner region { name } contracts } }',
  severalQuestions: `{ notices(first: 5) { nodes { title } } deals(first: 5) { nodes { title } } bidSections(first: 5) { nodes { code name } }
    systems { code name } dealStatistics(by: [CATEGORY], partial: true) { groups { deals } } }`,
};
