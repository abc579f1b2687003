/**
 * What only tells: marked as going, or described otherwise.
 */
import type { Element } from '../../checks/elements.ts';
import { nothingToDo, type Rule, type Told } from '../change.ts';

/** `DEPRECATED`, `DEPRECATION_REMOVED`, `DESCRIPTION_CHANGED`. */
export const toldOnly: Rule = ({ before, after }) => {
  if (before === undefined || after === undefined) return [];
  const { name } = before;
  const told: Told[] = [];
  const [was, is] = [before.directives.get('deprecated')?.[0], after.directives.get('deprecated')?.[0]];
  if (was === undefined && is !== undefined) {
    const words = { zh: `${name} 已标注弃用（${is}）。`, en: `${name} is marked as going (${is}).` };
    told.push({ code: 'DEPRECATED', severity: 'SAFE', element: name, ...words, ...nothingToDo, coordinates: [] });
  }
  if (was !== undefined && is === undefined) {
    const words = { zh: `${name} 不再标注弃用。`, en: `${name} is no longer marked as going.` };
    told.push({ code: 'DEPRECATION_REMOVED', severity: 'SAFE', element: name, ...words, ...nothingToDo, coordinates: [] });
  }
  if (descriptionOf(before) !== descriptionOf(after)) {
    const words = { zh: `${name} 的说明改了。`, en: `${name} is described otherwise.` };
    told.push({ code: 'DESCRIPTION_CHANGED', severity: 'SAFE', element: name, ...words, ...nothingToDo, coordinates: [] });
  }
  return told;
};

function descriptionOf({ node }: Element): string | undefined {
  return node !== undefined && 'description' in node && node.description !== undefined && typeof node.description === 'object'
    ? node.description.value
    : undefined;
}
