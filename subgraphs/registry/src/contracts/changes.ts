/**
 * All kinds of change, in the order in which they are told of one element. A new one is one file and one line here.
 */
import type { Rule } from './change.ts';
import { among } from './rules/among.ts';
import { fields } from './rules/fields.ts';
import { inputs } from './rules/inputs.ts';
import { meaning } from './rules/meaning.ts';
import { seals } from './rules/seals.ts';
import { toldOnly } from './rules/told-only.ts';
import { typeKinds } from './rules/type-kinds.ts';
import { values } from './rules/values.ts';
import { visibility } from './rules/visibility.ts';

/** Looked for at every element of either release. */
export const changes: readonly Rule[] = [typeKinds, fields, inputs, values, among, visibility, seals, meaning, toldOnly];
