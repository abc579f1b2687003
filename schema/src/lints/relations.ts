/**
 * Relations with both of their ends.
 */
import type { Dataset, Field, Relation } from '../contract.ts';
import type { ReadLaw } from './lint.ts';
import { type FieldPlace, fieldsOf } from './places.ts';

/** A relation; an end is undefined when no such field, or no such dataset in this contract, exists. */
export interface RelationPlace extends FieldPlace {
  readonly relation: Relation;
  readonly target: Dataset | undefined;
  readonly from: Field | undefined;
  readonly to: Field | undefined;
}

/** A relation whose two ends exist. */
export interface JoinedRelation extends RelationPlace {
  readonly target: Dataset;
  readonly from: Field;
  readonly to: Field;
}

/** @returns Every relation of every contract. */
export function relationsOf(law: ReadLaw): readonly RelationPlace[] {
  return fieldsOf(law).flatMap((place) => {
    const { relation, graphType } = place.field;
    if (relation === undefined) return [];
    const target = place.contract.datasets.find(({ type }) => type === graphType);
    const from = place.dataset.fields.find(({ name }) => name === relation.from);
    const to = target?.fields.find(({ name }) => name === relation.to);
    return [{ ...place, relation, target, from, to }];
  });
}

/** @returns The relations whose ends exist; the others are a lint's business of their own. */
export function joinedRelations(law: ReadLaw): readonly JoinedRelation[] {
  return relationsOf(law).flatMap((place) => {
    const { target, from, to } = place;
    return target === undefined || from === undefined || to === undefined ? [] : [{ ...place, target, from, to }];
  });
}
