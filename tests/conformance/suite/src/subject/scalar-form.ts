/**
 * The form in which JSON carries a scalar; what its text says is judged elsewhere.
 * @see schema/PROTOCOL.md 2
 */

const forms: Readonly<Record<string, (value: unknown) => boolean>> = {
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && Number.isInteger(value),
  Float: (value) => typeof value === 'number',
};

/** @returns Whether the value has the scalar's form: text, unless GraphQL says otherwise. */
export function hasScalarForm(name: string, value: unknown): boolean {
  return (forms[name] ?? ((given: unknown) => typeof given === 'string'))(value);
}
