/**
 * Every kind of change, told as clients feel it.
 * @see README «契约的变更 · Changes of contracts»
 */
import { lawTexts } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { findChanges } from './find-changes.ts';
import { readRelease } from './read-release.ts';
import type { ReleaseTexts } from './release-texts.ts';

const { shared } = lawTexts();
const toy = `extend schema @contract(name: "toy", version: "1.0.0", edition: "2.0", title: "玩具")

"玩具。A toy."
type Toy implements Record @dataset(code: "TOY", key: ["CODE"], byCode: "code", why: "一物一码。Each has its code.") {
  "编号"
  code: String @wire(code: "CODE", type: "C..20", required: true) @visibility(to: PUBLIC) @indexed(order: true)
  "名称"
  name: String! @wire(code: "NAME", type: "C..20", required: true) @visibility(to: PUBLIC) @indexed
  "制造者"
  maker: String @wire(code: "MAKER", type: "C..20") @visibility(to: GOVERNMENT)
  "颜色"
  colour: ToyColour @wire(code: "COLOUR", type: "C1") @visibility(to: PUBLIC)
  "装在一起的"
  parts: [ToyPart!]! @visibility(to: PUBLIC)
}

"颜色"
enum ToyColour { "红" RED "蓝" BLUE }

"零件"
type ToyPart { "名" name: String @visibility(to: PUBLIC) "齿" teeth: Int @visibility(to: PUBLIC) }

"轮或轴"
union ToyThing = ToyWheel | ToyAxle
type ToyWheel { "径" size: Int @visibility(to: PUBLIC) }
type ToyAxle { "长" length: Int @visibility(to: PUBLIC) }

"怎么找"
input ToySearch { "字" text: String @visibility(to: PUBLIC) "至多" most: Int = 5 @visibility(to: PUBLIC) }

extend type Query {
  "找"
  findToys(by: ToySearch @visibility(to: PUBLIC), near: Int @visibility(to: PUBLIC)): [Toy!]! @route(by: GROUP) @visibility(to: PUBLIC)
}
`.replace('extend type Query', 'type Query');

const releaseOf = (...contracts: readonly string[]): ReleaseTexts => readRelease({ contracts, ...shared });
const before = releaseOf(toy);

/** @returns `SEVERITY CODE element` of each change when one text becomes another, without how things are described. */
function changesWhen(from: string, to: string): readonly string[] {
  expect(toy).toContain(from);
  const told = findChanges(before, releaseOf(toy.replace(from, to)));
  return told.map(({ severity, code, element }) => `${severity} ${code} ${element}`);
}

describe('What clients feel', () => {
  test('nothing changes, nothing is told', () => expect(findChanges(before, releaseOf(toy))).toEqual([]));

  test.each([
    ['a field goes', ' "齿" teeth: Int @visibility(to: PUBLIC) }', ' }', ['BREAKING FIELD_REMOVED ToyPart.teeth']],
    ['a field may be null', 'name: String! @wire', 'name: String @wire', ['BREAKING FIELD_NULLABLE Toy.name']],
    ['a field has another type', 'teeth: Int', 'teeth: String', ['BREAKING FIELD_TYPE_CHANGED ToyPart.teeth']],
    [
      'a type goes',
      'union ToyThing = ToyWheel | ToyAxle',
      'union ToyOther = ToyWheel | ToyAxle',
      ['BREAKING TYPE_REMOVED ToyThing', 'SAFE TYPE_ADDED ToyOther'],
    ],
    ['a type is something else', 'type ToyWheel {', 'interface ToyWheel {', ['BREAKING TYPE_KIND_CHANGED ToyWheel']],
    [
      'an index goes',
      'required: true) @visibility(to: PUBLIC) @indexed\n',
      'required: true) @visibility(to: PUBLIC)\n',
      ['BREAKING INPUT_FIELD_REMOVED ToyFilter.name'],
    ],
    [
      'an order goes',
      '@indexed(order: true)',
      '@indexed',
      [
        'BREAKING VALUE_REMOVED ToyOrder.CODE_ASC',
        'BREAKING VALUE_REMOVED ToyOrder.CODE_DESC',
        'DANGEROUS ARGUMENT_DEFAULT_CHANGED Query.toys(order:)',
      ],
    ],
    ['an argument goes', ', near: Int @visibility(to: PUBLIC))', ')', ['BREAKING ARGUMENT_REMOVED Query.findToys(near:)']],
    [
      'an argument must be given',
      'near: Int @',
      'near: Int @visibility(to: PUBLIC), far: Int! @',
      ['BREAKING ARGUMENT_REQUIRED Query.findToys(far:)'],
    ],
    ['an argument has another type', 'near: Int @', 'near: String @', ['BREAKING ARGUMENT_TYPE_CHANGED Query.findToys(near:)']],
    ['an input field must be given', 'text: String @', 'text: String! @', ['BREAKING INPUT_FIELD_TYPE_CHANGED ToySearch.text']],
    ['a value goes', ' "蓝" BLUE', '', ['BREAKING VALUE_REMOVED ToyColour.BLUE']],
    [
      'fewer may see it',
      'name: String @visibility(to: PUBLIC)',
      'name: String @visibility(to: RESTRICTED)',
      ['BREAKING VISIBILITY_NARROWED ToyPart.name'],
    ],
    [
      'it is sealed',
      'type: "C..20") @visibility',
      'type: "C..20") @sealed(until: OPENING, lot: "code") @visibility',
      ['BREAKING SEALED Toy.maker'],
    ],
    ['a member of a union goes', 'ToyWheel | ToyAxle', 'ToyWheel', ['BREAKING MEMBER_REMOVED ToyThing/ToyAxle']],
    ['it is answered otherwise', '@route(by: GROUP)', '@route(by: PAGE)', ['BREAKING ROUTE_CHANGED Query.findToys']],
  ])('breaks: %s', (_, from, to, expected) => expect(changesWhen(from, to)).toEqual(expected));

  test.each([
    ['a default is another', 'Int = 5', 'Int = 9', ['DANGEROUS INPUT_FIELD_DEFAULT_CHANGED ToySearch.most']],
    ['answers have a new value', '"蓝" BLUE', '"蓝" BLUE "绿" GREEN', ['DANGEROUS VALUE_ADDED ToyColour.GREEN']],
    ['more may see it', '@visibility(to: GOVERNMENT)', '@visibility(to: PUBLIC)', ['DANGEROUS VISIBILITY_WIDENED Toy.maker']],
    ['it comes from elsewhere', 'code: "MAKER"', 'code: "PRODUCER"', ['DANGEROUS WIRE_CHANGED Toy.maker']],
    ['a union has a new member', 'ToyWheel | ToyAxle', 'ToyWheel | ToyAxle | ToyPart', ['DANGEROUS MEMBER_ADDED ToyThing/ToyPart']],
  ])('may mean something else: %s', (_, from, to, expected) => expect(changesWhen(from, to)).toEqual(expected));

  test.each([
    ['a new field', '"齿"', '"重" weight: Int @visibility(to: PUBLIC) "齿"', ['SAFE FIELD_ADDED ToyPart.weight']],
    ['a field is null no more', 'teeth: Int @', 'teeth: Int! @', ['SAFE FIELD_NON_NULL ToyPart.teeth']],
    ['a new type', 'type ToyAxle', 'type ToyBolt { "名" name: String @visibility(to: PUBLIC) }\ntype ToyAxle', ['SAFE TYPE_ADDED ToyBolt']],
    ['a new filter', '@visibility(to: GOVERNMENT)', '@visibility(to: GOVERNMENT) @indexed', ['SAFE INPUT_FIELD_ADDED ToyFilter.maker']],
    [
      'a new order',
      'PUBLIC) @indexed\n',
      'PUBLIC) @indexed(order: true)\n',
      ['SAFE VALUE_ADDED ToyOrder.NAME_ASC', 'SAFE VALUE_ADDED ToyOrder.NAME_DESC'],
    ],
    [
      'an argument that may be left out',
      'near: Int @',
      'near: Int @visibility(to: PUBLIC), far: Int @',
      ['SAFE ARGUMENT_ADDED Query.findToys(far:)'],
    ],
    ['it is marked as going', 'teeth: Int @', 'teeth: Int @deprecated(reason: "不用了") @', ['SAFE DEPRECATED ToyPart.teeth']],
    ['it is described otherwise', '"齿"', '"齿数"', ['SAFE DESCRIPTION_CHANGED ToyPart.teeth']],
    ['a new version', '"1.0.0"', '"1.1.0"', ['SAFE CONTRACT_VERSION_CHANGED toy']],
  ])('is harmless: %s', (_, from, to, expected) => expect(changesWhen(from, to)).toEqual(expected));

  test('is told with its place in the text that people write, its contract, and who feels it', () => {
    const [change] = findChanges(
      before,
      releaseOf(toy.replace('required: true) @visibility(to: PUBLIC) @indexed\n', 'required: true) @visibility(to: PUBLIC)\n')),
    );
    expect(change).toEqual({
      code: 'INPUT_FIELD_REMOVED',
      severity: 'BREAKING',
      contract: 'toy',
      element: 'ToyFilter.name',
      line: 7,
      column: 3,
      messageZh: '取消筛选条件 ToyFilter.name；给出它的查询会被拒绝。',
      messageEn: 'The filter ToyFilter.name goes; operations that give it are refused.',
      remedyZh: '保留原样并标注 @deprecated（写明替代者），待无人使用后再变更；确需变更的，请第二个人批准。',
      remedyEn: 'Keep it, marked @deprecated with what takes its place, until nobody uses it; else a second person approves.',
      system: null,
      coordinates: ['ToyFilter.name'],
    });
  });
});
