/**
 * Values of arguments: literals of every kind and variables in every position, given, absent, null or left to their default.
 */
import {
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
} from 'graphql';

import type { Choice } from './choice.ts';

/** Where a value stands: how deep, and whether no variable may stand there. */
interface At {
  readonly depth: number;
  readonly isConstant: boolean;
}

/** Variables of an operation that is being written. */
export class Variables {
  readonly #choice: Choice;
  readonly #declared = new Map<string, string>();
  readonly #given = new Map<string, unknown>();

  constructor(choice: Choice) {
    this.#choice = choice;
  }

  /** @returns A variable for a place of a type. */
  declare(type: GraphQLInputType): string {
    const [choice, name] = [this.#choice, `v${this.#declared.size}`];
    const wanted = isNonNullType(type) || !choice.chance(15) ? String(type) : `${String(type)}!`;
    const isNullable = !wanted.endsWith('!');
    const byDefault = choice.chance(25) ? ` = ${this.literal(type, { depth: 2, isConstant: true })}` : '';
    this.#declared.set(name, `${wanted}${byDefault.endsWith(' null') && !isNullable ? '' : byDefault}`);
    const isOptional = isNullable || this.#declared.get(name)?.includes(' = ') === true;
    if (isNullable && choice.chance(10)) this.#given.set(name, null);
    else if (!isOptional || choice.chance(75)) this.#given.set(name, this.#json(type, 0));
    return `$${name}`;
  }

  /** @returns A Boolean variable; each is used in several places. */
  condition(): string {
    const name = this.#choice.one(['yes', 'no']);
    if (!this.#declared.has(name)) {
      this.#declared.set(name, name === 'yes' ? 'Boolean!' : 'Boolean! = false');
      if (name === 'yes' || this.#choice.chance(80)) this.#given.set(name, this.#choice.chance(50));
    }
    return `$${name}`;
  }

  /** @returns The arguments of a field in brackets; the empty text for none. */
  arguments({ args }: Pick<GraphQLField<unknown, unknown>, 'args'>): string {
    const chosen = args.filter((argument) => isRequiredArgument(argument) || this.#choice.chance(60));
    const written = chosen.map(({ name, type }) => `${name}: ${this.literal(type, { depth: 0, isConstant: false })}`);
    return written.length === 0 ? '' : `(${written.join(', ')})`;
  }

  literal(type: GraphQLInputType, at: At): string {
    if (!at.isConstant && this.#choice.chance(35)) return this.declare(type);
    return !isNonNullType(type) && this.#choice.chance(8) ? 'null' : this.#present(type, at);
  }

  /** No variable and not null. */
  #present(type: GraphQLInputType, at: At): string {
    if (isNonNullType(type)) return this.#present(type.ofType, at);
    const choice = this.#choice;
    const inside = { ...at, depth: at.depth + 1, isConstant: at.isConstant || at.depth > 3 };
    if (isListType(type)) {
      // One that is no list stands for a list of one; a variable does not.
      if (choice.chance(15) && !isListType(type.ofType)) return this.literal(type.ofType, { ...inside, isConstant: true });
      return `[${Array.from({ length: choice.below(3) }, () => this.literal(type.ofType, inside)).join(', ')}]`;
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(() => at.depth < 3 && choice.chance(35));
      return `{${fields.map((field) => `${field.name}: ${this.literal(field.type, inside)}`).join(', ')}}`;
    }
    if (isEnumType(type)) return choice.one(['RED', 'GREEN']);
    if (type.name === 'Any')
      return choice.chance(50) ? '[1, {a: "b", c: [null, RED]}]' : `{a: ${at.isConstant ? '1' : this.declare(type)}}`;
    return choice.one(literals[type.name] ?? ['null']);
  }

  /** What stands before the operation's selections. */
  get head(): string {
    const declared = [...this.#declared].map(([name, type]) => `$${name}: ${type}`);
    return declared.length === 0 ? '' : `(${declared.join(', ')})`;
  }

  get given(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.#given);
  }

  #json(type: GraphQLInputType, depth: number): unknown {
    const choice = this.#choice;
    if (isNonNullType(type)) return this.#json(type.ofType, depth);
    if (depth > 0 && choice.chance(10)) return null;
    if (isListType(type)) {
      const { ofType } = type;
      return Array.from({ length: choice.below(3) }, () =>
        isNonNullType(ofType) ? this.#json(ofType.ofType, 0) : this.#json(ofType, depth + 1),
      );
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(() => depth < 3 && choice.chance(40));
      return Object.fromEntries(
        fields.map((field) => [field.name, isNonNullType(field.type) ? this.#json(field.type, 0) : this.#json(field.type, depth + 1)]),
      );
    }
    if (isEnumType(type)) return choice.one(['RED', 'GREEN']);
    return choice.one(values[type.name] ?? [null]);
  }
}

const literals: Readonly<Record<string, readonly string[]>> = {
  Int: ['0', '-7', '2147483647'],
  String: ['""', '"x\\u00e9\\"\\\\"', '"""\n  block "quoted"\n"""', '"公共资源"'],
  Boolean: ['true', 'false'],
  ID: ['5', '"five"'],
};
const values: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, -7, 2_147_483_647],
  String: ['', '"é\\', '公共\n资源', '$v0'],
  Boolean: [true, false],
  ID: ['5', 5],
  Any: [1, 'x', { a: [null, { __typename: 'One' }] }, false, []],
};
