/**
 * Looking into parsed JSON and changing a place of it, without leaving the types.
 */
export type Step = string | number;

/** @returns What stands at the path; undefined when nothing does. */
export function at(value: unknown, ...path: readonly Step[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return listOf(inner)[Number(step)];
    return isTree(inner) ? inner[step] : undefined;
  }, value);
}

/** @returns The list at the path; empty when there is none. */
export function listAt(value: unknown, ...path: readonly Step[]): readonly unknown[] {
  return listOf(at(value, ...path));
}

/** @returns A copy with another value at the path. */
export function put(value: unknown, path: readonly Step[], next: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  const inner = put(at(value, step), rest, next);
  if (Array.isArray(value)) return listOf(value).with(Number(step), inner);
  return { ...(isTree(value) ? value : {}), [step]: inner };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isTree(value: unknown): value is Record<Step, unknown> {
  return typeof value === 'object' && value !== null;
}
