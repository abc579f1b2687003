/**
 * Fields of an entity that other contracts refer to by key are nullable: its owner may be away while the record is there.
 * @see design/partitioning.md 4
 */
import { Kind } from 'graphql';

import { type FieldedNode, fielded, isStub } from '../definitions.ts';
import type { Lint } from '../lint.ts';

export const entityNonNull: Lint = {
  code: 'ENTITY_NON_NULL',
  find: (law) => {
    const stubs = fielded(law.shared).filter(isStub);
    return law.contracts.flatMap(({ contract, document }) =>
      fielded(document)
        .flatMap((type) => stubs.filter(({ name }) => name.value === type.name.value).map((stub) => ({ type, stub })))
        .flatMap(({ type, stub }) =>
          (type.fields ?? [])
            .filter((field) => field.type.kind === Kind.NON_NULL_TYPE && !isNonNullIn(stub, field.name.value))
            .map((field) => ({
              contract: contract.name,
              type: type.name.value,
              field: field.name.value,
              node: field.name,
              zh: `各契约的记录都按键引用 ${type.name.value}，此字段却非空：本契约的端点一缺席，引用它的记录、乃至整页都会变空。请去掉「!」。`,
              en: `Records of every contract refer to ${type.name.value} by key, and this field is non-null: when this contract's endpoint is away, the records that refer to it, and whole pages with them, turn null. Drop the «!».`,
            })),
        ),
    );
  },
};

/** What the referring contract answers itself, the key above all, is never missing. */
function isNonNullIn(stub: FieldedNode, name: string): boolean {
  return stub.fields?.some((field) => field.name.value === name && field.type.kind === Kind.NON_NULL_TYPE) ?? false;
}
