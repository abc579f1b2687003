import { expect, test } from 'vitest';

import type { Call } from '../admit/call.ts';
import type { CompiledOperation, Executed } from './operation.ts';
import { shareInFlight, Written } from './share.ts';

type Begun = { readonly variables: unknown; readonly call: Call; readonly end: (executed: Executed) => void };

const good: Executed = { data: { a: 1 }, errors: [], faults: [] };
const bad: Executed = { data: null, errors: [{ message: 'away', extensions: { code: 'SYSTEM_FAILED' } }], faults: [] };

test('the same asked while it is answered is run once, and written once', async () => {
  const { begun, run } = operation();
  const [first, second] = [callOf(), callOf()];
  const both = [run({ a: 1 }, first.call), run({ a: 1 }, second.call)];
  expect(begun.map(({ variables }) => variables)).toEqual([{ a: 1 }]);
  begun[0]?.call.notes.remarks.push({ code: 'LATE', message: '', messageEn: '', path: [] });
  if (begun[0] !== undefined) begun[0].call.notes.incomplete = true;
  begun[0]?.end(good);
  const [one, other] = await Promise.all(both);
  expect(one).toEqual({ ...good, written: new Written() });
  expect(one?.written).toBe(other?.written);
  expect([first, second].map(({ call: { notes } }) => [notes.incomplete, notes.remarks.length])).toEqual([
    [true, 1],
    [true, 1],
  ]);
});

test('another question, other grants and what is asked afterwards are run for themselves', async () => {
  const { begun, run } = operation();
  const all = [run({ a: 1 }, callOf().call), run({ a: 2 }, callOf().call), run({ a: 1 }, callOf('RESTRICTED').call)];
  expect(begun).toHaveLength(3);
  for (const { end } of begun) end(good);
  expect(await Promise.all(all)).toEqual([good, good, good]);
  void run({ a: 1 }, callOf().call);
  expect(begun).toHaveLength(4);
});

test('what went wrong is told to the first; the others try for themselves', async () => {
  const { begun, run } = operation();
  const both = [run({}, callOf().call), run({}, callOf().call)];
  begun[0]?.end(bad);
  await both[0];
  await Promise.resolve();
  begun[1]?.end(good);
  expect((await Promise.all(both)).map(({ data }) => data)).toEqual([null, { a: 1 }]);
  expect(begun).toHaveLength(2);
});

test('a run is given up when the last who waits has gone, and not before', async () => {
  const { begun, run } = operation();
  const [first, second] = [callOf(), callOf()];
  const both = [run({}, first.call), run({}, second.call)];
  first.gone.abort();
  expect(begun[0]?.call.signal.aborted).toBe(false);
  second.gone.abort();
  expect(begun[0]?.call.signal.aborted).toBe(true);
  begun[0]?.end(good);
  await Promise.all(both);
});

test('who asks after a change is not told what was begun before it', () => {
  let changes = 0;
  const { begun, run } = operation(() => changes);
  void run({}, callOf().call);
  changes = 1;
  void run({}, callOf().call);
  void run({}, callOf().call);
  expect(begun).toHaveLength(2);
});

function operation(changes = () => 0): { readonly begun: readonly Begun[]; readonly run: CompiledOperation } {
  const begun: Begun[] = [];
  const run = shareInFlight((variables, call) => {
    const { promise, resolve } = Promise.withResolvers<Executed>();
    begun.push({ variables, call, end: resolve });
    return promise;
  }, changes);
  return { begun, run };
}

function callOf(grants: Call['grants'] = 'PUBLIC'): { readonly call: Call; readonly gone: AbortController } {
  const gone = new AbortController();
  const notes = { incomplete: false, admitted: true, remarks: [] };
  return { gone, call: { grants, client: 'a', deadlineMs: Infinity, signal: gone.signal, notes } };
}
