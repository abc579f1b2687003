/**
 * All checks, in the order in which they are told. A new one is one file and one line here.
 */
import type { Check } from './check.ts';
import { different } from './rules/different.ts';
import { directives } from './rules/directives.ts';
import { extra } from './rules/extra.ts';
import { extraManners } from './rules/extra-manners.ts';
import { missing } from './rules/missing.ts';
import { undefinedTypes } from './rules/undefined-types.ts';

/** Compared with the contracts that the system names. */
export const checks: readonly Check[] = [missing, different, directives, extra, extraManners, undefinedTypes];
