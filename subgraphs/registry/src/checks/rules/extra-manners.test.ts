/**
 * What a system adds of its own is told when others could not read it.
 * @see README «Checks»
 */
import { law, serveContracts } from '@hub/schema';
import { parse, print } from 'graphql';
import { expect, test } from 'vitest';

import { judgeDocument } from '../judge-sdl.ts';

const sink = law().contracts.find(({ contract }) => contract.name === 'sink');
const served = print(serveContracts([sink?.served ?? '']));

const told = (more: string): readonly string[] =>
  judgeDocument(parse(`${served}\n${more}`), ['sink'])
    .filter(({ code }) => code.startsWith('EXTRA_'))
    .map(({ code, severity, element }) => `${severity} ${code} ${element}`);

test.each([
  ['"自己的" type OwnThing { "名" name: String }', []],
  ['"自己的" type own_thing { "名" name: String }', ['WARNING EXTRA_NAME_FORM own_thing']],
  ['type OwnThing { "名" name: String }', ['WARNING EXTRA_UNDESCRIBED OwnThing']],
  [
    'extend type SinkNotice { Own_Field: String }',
    ['WARNING EXTRA_NAME_FORM SinkNotice.Own_Field', 'WARNING EXTRA_UNDESCRIBED SinkNotice.Own_Field'],
  ],
  ['extend type SinkNotice { "旧" old: String @deprecated }', ['WARNING EXTRA_DEPRECATION_UNREASONED SinkNotice.old']],
  ['extend type SinkNotice { "旧" old: String @deprecated(reason: "改用 title") }', []],
])('%s', (more, expected) => expect(told(more).toSorted()).toEqual(expected.toSorted()));
