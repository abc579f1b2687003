/** The law's door: contracts, identifiers, rules, validation, canonical form, errors. Pure: no I/O, no clock. */
export { maxAnswerBytes, maxRelatedRecords } from './answer-bounds.ts';
export { canonicalContent, contentHash } from './canonical.ts';
export { type CodeList, type CodeValue, CodeLists, loadCodeLists } from './codes.ts';
export type { BoardMapping, Contract, Dataset, Direction, Field, Milestone, Relation, Seal, Visibility, WireField } from './contract.ts';
export { addDecimals, canonicalDecimal, compareDecimals, isDecimal, shiftDecimal } from './decimal.ts';
export { type DecodedValue, decodeField } from './decode/decode-field.ts';
export { hubEnums } from './decode/hub-enums.ts';
export { indexValue, isIdentifier } from './decode/index-value.ts';
export { sampleValue } from './dictionary/sample/sample-value.ts';
export { asItStands, type Content, markup, type Markup } from './dictionary/page/markup.ts';
export { style as pageStyle } from './dictionary/page/style.ts';
export { type DictionaryDocument, dictionaryDocuments, dictionaryScript } from './dictionary/dictionary-pages.ts';
export { HubError, errorCodes, isErrorCode } from './errors.ts';
export type { ErrorCode, ErrorDetail } from './errors.ts';
export { creditCodeCheck } from './identifiers/credit-code.ts';
export { dealCodeCheck } from './identifiers/deal-code.ts';
export { idCardCheck } from './identifiers/id-card.ts';
export { orgCodeCheck } from './identifiers/org-code.ts';
export { holdsPersonNumber } from './identifiers/person-number.ts';
export { isWebAddress } from './identifiers/web-address.ts';
export { defaultOrder, expandContract } from './expand-contract.ts';
export type { SharedSdl } from './expand-contract.ts';
export { type Law, law, lawTexts } from './law.ts';
export { type Finding, printFinding } from './lints/finding.ts';
export { type LawTexts, lintContracts } from './lints/lint-contracts.ts';
export { orderName, plural, singular } from './naming.ts';
export { type EntryName, type Leaf, type ProvenEntry, contentHolds, hashOfLeaf, leafOf, lineHash, readEntry } from './proof/entry-leaf.ts';
export { type Comparison, type CompareOptions, type Difference, type DifferenceKind, findDifferences } from './proof/find-differences.ts';
export type { FolderLine, ManifestLine, PageLine, RangeLine } from './proof/folder-manifest.ts';
export { blockBytes, blockMark, isPageFile, manifestFolders, manifestName, manifestText, markBytes } from './proof/folder-manifest.ts';
export { readManifestLine } from './proof/folder-manifest.ts';
export { GrowingRoot } from './proof/growing-root.ts';
export { type InclusionClaim, type InclusionProof, inclusionHolds, proveInclusion } from './proof/inclusion-proof.ts';
export { keyTreeRoot } from './proof/key-tree.ts';
export { type LeafSource, keyRootOf, rangeRoot, subtreesOf } from './proof/leaf-source.ts';
export { type GrowthClaim, consistencyPath, growthHolds } from './proof/list-tree.ts';
export { type ListedEntry, type OpenedNode, type ProofNode, openNode } from './proof/open-node.ts';
export { type StoredPage, leavesOfLines, pageLine } from './proof/page-proof.ts';
export { type PositionRange, pieceHash, piecesOf, segmentPositions } from './proof/pieces.ts';
export { type RangeStatement, type SignedStatement, signStatement, signatureHolds, signedBytes } from './proof/range-statement.ts';
export {
  type Sm2PrivateKey,
  type Sm2PublicKey,
  createSm2Key,
  readSm2PrivateKey,
  readSm2PublicKey,
  readSm2PublicKeys,
} from './proof/sm2-key.ts';
export { sm2Sign, sm2Verify } from './proof/sm2-signature.ts';
export { type StatementSigner, softwareSigner } from './proof/statement-signer.ts';
export type { PlatformCode, Province, ProvinceCategory, RegionRow, SystemRow } from './province/province.ts';
export { type ProvinceDocuments, readProvince } from './province/read-province.ts';
export { citiesOf, cityOf, regionPath, regionsIn } from './province/regions.ts';
export { quoted, quotedList } from './quoted.ts';
export { readContract } from './read-contract.ts';
export { type ContractLaw, readLaw } from './read-law.ts';
export { decodeRecordId, encodeRecordId, isSystemCode } from './record-id.ts';
export type { RecordId } from './record-id.ts';
export { recordKey } from './record-key.ts';
export type { DataRule, LookedUpField } from './rules/data-rule.ts';
export { factsOf } from './rules/facts.ts';
export { type Facts, type JudgedRecord, type KnownRecord, type Lookup, lookupKey, lookupValue } from './rules/judged-record.ts';
export { type RuleVerdict, type Wait, earlierWanted, factsWanted, judgeByRules } from './rules/judge.ts';
export { type RuleBook, dayOfRecord, readRuleBook, ruleBook } from './rules/rule-book.ts';
export { type ScalarText, scalarTexts } from './scalar-texts.ts';
export { serveContracts } from './serve-contracts.ts';
export { servedSdl } from './served-sdl.ts';
export { compareBytes, compareKeys, decodeSystemCursor, encodeSystemCursor, sortKindOf } from './sort-key.ts';
export type { SortKey, SortKind, SortOrder } from './sort-key.ts';
export { isHeldBySystems, subgraphUrl } from './subgraph-url.ts';
export { type Flaw, flawsOf } from './supergraph/flaws.ts';
export { type Joins, fieldSet, joinsOf } from './supergraph/joins.ts';
export { meetsCondition, readCondition } from './validate/condition.ts';
export { isPublicWarning } from './validate/public-warning.ts';
export { type RuleWords, ruleWords } from './validate/rule-words.ts';
export { type Bench, type Verdict, validateRecord } from './validate/validate-record.ts';
export { type Severity, type Violation, shownValue } from './validate/violation.ts';
export { violationVisibility } from './validate/violation-visibility.ts';
export { canonicalInstant, parseDate, parseInstant, printInstant } from './wire-types/instant.ts';
export { readNotation } from './wire-types/notation.ts';
export { type WireFields, type WireRecord, wireItems, wireValue } from './wire-record.ts';
export { isXmlText } from './xml-text.ts';
