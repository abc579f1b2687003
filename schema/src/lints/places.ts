/**
 * Walks over the law's datasets, fields and wire fields, each with its syntax node, so that a lint can point at what it means.
 */
import { type ConstDirectiveNode, type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode } from 'graphql';

import type { Contract, Dataset, Field, WireField } from '../contract.ts';
import { directiveOf } from '../read-contract.ts';
import type { Place } from './finding.ts';
import type { ReadContract, ReadLaw } from './lint.ts';

/** A dataset with its type definition. */
export interface DatasetPlace {
  readonly contract: Contract;
  readonly dataset: Dataset;
  readonly typeNode: ObjectTypeDefinitionNode;
}

/** A field of a dataset with its definition. */
export interface FieldPlace extends DatasetPlace {
  readonly field: Field;
  readonly fieldNode: FieldDefinitionNode;
}

/** A wire field with its @wire. */
export interface WirePlace extends FieldPlace {
  readonly wire: WireField;
  readonly wireNode: ConstDirectiveNode;
}

/** @returns Every dataset of every contract, in the order written. */
export function datasetsOf(law: ReadLaw): readonly DatasetPlace[] {
  return law.contracts.flatMap(datasetsIn);
}

/** @returns Every field of every dataset, in the order written; not those that every record has. */
export function fieldsOf(law: ReadLaw): readonly FieldPlace[] {
  return datasetsOf(law).flatMap(fieldsIn);
}

/** @returns The fields of one dataset. */
export function fieldsIn(place: DatasetPlace): readonly FieldPlace[] {
  const nodes = place.typeNode.fields ?? [];
  return place.dataset.fields.flatMap((field, index) => {
    const fieldNode = nodes[index];
    return fieldNode === undefined ? [] : [{ ...place, field, fieldNode }];
  });
}

/** @returns Every @wire of every dataset. */
export function wiresOf(law: ReadLaw): readonly WirePlace[] {
  return fieldsOf(law).flatMap(wiresIn);
}

/** @returns The @wire of one field. */
export function wiresIn(place: FieldPlace): readonly WirePlace[] {
  const nodes = (place.fieldNode.directives ?? []).filter((directive) => directive.name.value === 'wire');
  return place.field.wire.flatMap((wire, index) => {
    const wireNode = nodes[index];
    return wireNode === undefined ? [] : [{ ...place, wire, wireNode }];
  });
}

/** @returns Where to point for a dataset, or for one of its directives. */
export function atDataset({ contract, dataset, typeNode }: DatasetPlace, directive?: string): Place {
  const node = directive === undefined ? undefined : directiveOf(typeNode, directive);
  return { contract: contract.name, type: dataset.type, node: node ?? typeNode.name };
}

/** @returns Where to point for a field, or for one of its directives. */
export function atField(place: FieldPlace, directive?: string): Place {
  const node = directive === undefined ? undefined : directiveOf(place.fieldNode, directive);
  return { contract: place.contract.name, type: place.dataset.type, field: place.field.name, node: node ?? place.fieldNode.name };
}

/** @returns Where to point for a @wire. */
export function atWire(place: WirePlace): Place {
  return { ...atField(place), node: place.wireNode };
}

function datasetsIn({ contract, document }: ReadContract): readonly DatasetPlace[] {
  const nodes = document.definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION);
  return contract.datasets.flatMap((dataset) => {
    const typeNode = nodes.find((node) => node.name.value === dataset.type && directiveOf(node, 'dataset') !== undefined);
    return typeNode === undefined ? [] : [{ contract, dataset, typeNode }];
  });
}
