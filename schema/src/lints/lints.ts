/**
 * All contract lints, in the order in which findings of one line are told: what a contract is, names, who sees what, the wire,
 * keys, relations, seals, the board, partitioning, statistics. Ids are permanent.
 * @see design/partitioning.md 4; design/graph.md
 */
import type { Lint } from './lint.ts';
import { boardCategory } from './rules/board-category.ts';
import { boardDecision } from './rules/board-decision.ts';
import { boardDirection } from './rules/board-direction.ts';
import { boardFieldNotIndexed } from './rules/board-field-not-indexed.ts';
import { boardFieldSealed } from './rules/board-field-sealed.ts';
import { boardFieldStricter } from './rules/board-field-stricter.ts';
import { boardFieldType } from './rules/board-field-type.ts';
import { boardFieldUnknown } from './rules/board-field-unknown.ts';
import { boardListDiffers } from './rules/board-list-differs.ts';
import { boardLotAbsent } from './rules/board-lot-absent.ts';
import { boardLotDiffers } from './rules/board-lot-differs.ts';
import { boardLotProject } from './rules/board-lot-project.ts';
import { boardValueUnknown } from './rules/board-value-unknown.ts';
import { byCodeUnfit } from './rules/by-code-unfit.ts';
import { contractHead } from './rules/contract-head.ts';
import { descriptionMissing } from './rules/description-missing.ts';
import { directiveInvalid } from './rules/directive-invalid.ts';
import { entityNonNull } from './rules/entity-non-null.ts';
import { groupArguments } from './rules/group-arguments.ts';
import { groupMerge } from './rules/group-merge.ts';
import { groupNotAddable } from './rules/group-not-addable.ts';
import { indexUnfit } from './rules/index-unfit.ts';
import { keyHidden } from './rules/key-hidden.ts';
import { keyPerson } from './rules/key-person.ts';
import { keyReason } from './rules/key-reason.ts';
import { keyUnknown } from './rules/key-unknown.ts';
import { moneyPart } from './rules/money-part.ts';
import { nameForm } from './rules/name-form.ts';
import { nameOrderClash } from './rules/name-order-clash.ts';
import { nameRepeated } from './rules/name-repeated.ts';
import { nameReserved } from './rules/name-reserved.ts';
import { nameRootClash } from './rules/name-root-clash.ts';
import { partMisplaced } from './rules/part-misplaced.ts';
import { partitionCoverage } from './rules/partition-coverage.ts';
import { partitionCrossing } from './rules/partition-crossing.ts';
import { partitionForeignFields } from './rules/partition-foreign-fields.ts';
import { partitionRequires } from './rules/partition-requires.ts';
import { partitionRoute } from './rules/partition-route.ts';
import { partyPart } from './rules/party-part.ts';
import { recordMissing } from './rules/record-missing.ts';
import { relationEndUnknown } from './rules/relation-end-unknown.ts';
import { relationInverseMissing } from './rules/relation-inverse-missing.ts';
import { relationNonNull } from './rules/relation-non-null.ts';
import { relationNotIndexed } from './rules/relation-not-indexed.ts';
import { relationScopeUnsaid } from './rules/relation-scope-unsaid.ts';
import { relationTypeDiffers } from './rules/relation-type-differs.ts';
import { relationVisibility } from './rules/relation-visibility.ts';
import { sealedBoard } from './rules/sealed-board.ts';
import { sealedIndexed } from './rules/sealed-indexed.ts';
import { sealedLot } from './rules/sealed-lot.ts';
import { sealedNeverEnds } from './rules/sealed-never-ends.ts';
import { sealedNonNull } from './rules/sealed-non-null.ts';
import { typeUnknown } from './rules/type-unknown.ts';
import { visibilityInterface } from './rules/visibility-interface.ts';
import { visibilityMissing } from './rules/visibility-missing.ts';
import { visibilityPerson } from './rules/visibility-person.ts';
import { wireAbsent } from './rules/wire-absent.ts';
import { wireCodeRepeated } from './rules/wire-code-repeated.ts';
import { wireCondition } from './rules/wire-condition.ts';
import { wireFixed } from './rules/wire-fixed.ts';
import { wireGraphType } from './rules/wire-graph-type.ts';
import { wireIdUnknown } from './rules/wire-id-unknown.ts';
import { wireListMissing } from './rules/wire-list-missing.ts';
import { wireListUnknown } from './rules/wire-list-unknown.ts';
import { wireMulti } from './rules/wire-multi.ts';
import { wireTypeInvalid } from './rules/wire-type-invalid.ts';
import { wireTypeUnfit } from './rules/wire-type-unfit.ts';

export const lints: readonly Lint[] = [
  contractHead,
  directiveInvalid,
  nameForm,
  nameReserved,
  nameRepeated,
  nameRootClash,
  nameOrderClash,
  typeUnknown,
  recordMissing,
  descriptionMissing,
  visibilityMissing,
  visibilityInterface,
  visibilityPerson,
  wireAbsent,
  wireCodeRepeated,
  wireGraphType,
  wireTypeInvalid,
  wireTypeUnfit,
  wireListUnknown,
  wireListMissing,
  wireIdUnknown,
  wireFixed,
  wireCondition,
  wireMulti,
  partMisplaced,
  moneyPart,
  partyPart,
  indexUnfit,
  keyUnknown,
  keyHidden,
  keyPerson,
  keyReason,
  byCodeUnfit,
  relationEndUnknown,
  relationNotIndexed,
  relationTypeDiffers,
  relationVisibility,
  relationInverseMissing,
  relationScopeUnsaid,
  relationNonNull,
  sealedIndexed,
  sealedNonNull,
  sealedLot,
  sealedBoard,
  sealedNeverEnds,
  boardCategory,
  boardDirection,
  boardFieldUnknown,
  boardFieldSealed,
  boardFieldStricter,
  boardFieldType,
  boardListDiffers,
  boardFieldNotIndexed,
  boardLotAbsent,
  boardLotProject,
  boardLotDiffers,
  boardDecision,
  boardValueUnknown,
  partitionRoute,
  partitionCoverage,
  partitionForeignFields,
  partitionCrossing,
  partitionRequires,
  entityNonNull,
  groupMerge,
  groupNotAddable,
  groupArguments,
];
