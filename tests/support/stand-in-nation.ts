/**
 * A stand-in for the national system: takes the standard's XML, keeps a store of its own, and can lose, repeat, delay, refuse and
 * talk nonsense. What it keeps it keeps by row key: a message that came before has no second effect, a newer one replaces.
 * @see standard/exchange.md 3, 4 and 8
 */
import { createServer, type ServerResponse } from 'node:http';

import { listenOn } from '@hub/kit/process';

/** What becomes of one message. */
export type Behaviour =
  | 'take'
  /** The message never arrives. */
  | 'lose'
  /** It arrives, and the answer is lost. */
  | 'lose-answer'
  /** It arrives twice, as from a proxy that tries again. */
  | 'repeat'
  /** It arrives, and the answer comes after whoever asked has gone. */
  | 'delay'
  | 'refuse'
  /** A page of HTML with status 200. */
  | 'garbage'
  | 'fail';

/** A message as it was understood. */
export interface ReceivedMessage {
  readonly text: string;
  readonly dataset: string;
  readonly key: string;
  readonly op: 'put' | 'withdraw';
  readonly timestamp: string;
}

/** A national system. */
export interface StandInNation extends AsyncDisposable {
  readonly url: string;
  /** How the next messages are met; `take` when there is none left. */
  readonly script: Behaviour[];
  /** Meets a message by what it says, before the script is asked. */
  behaviourFor: (message: ReceivedMessage) => Behaviour | undefined;
  /** Every arrival. */
  readonly arrived: readonly ReceivedMessage[];
  /** Every message that changed something, in turn. */
  readonly effects: readonly ReceivedMessage[];
  /** What stands, by row key. */
  standing(): ReadonlyMap<string, string>;
}

const refusal = '招标项目数据未上报，请先上报';

/** Starts it. */
export async function openStandInNation(): Promise<StandInNation> {
  const [arrived, effects, script]: [ReceivedMessage[], ReceivedMessage[], Behaviour[]] = [[], [], []];
  const [known, standing] = [new Set<string>(), new Map<string, ReceivedMessage>()];
  const nation = { behaviourFor: (_message: ReceivedMessage): Behaviour | undefined => undefined };
  const take = (message: ReceivedMessage): void => {
    if (known.has(message.text)) return;
    known.add(message.text);
    const before = standing.get(message.key);
    if (before !== undefined && before.timestamp > message.timestamp) return;
    standing.set(message.key, message);
    effects.push(message);
  };
  const server = createServer((request, response) => {
    void (async () => {
      const message = understood((await request.toArray()).join(''));
      arrived.push(message);
      meet(nation.behaviourFor(message) ?? script.shift() ?? 'take', { message, response, take });
    })();
  });
  const port = await listenOn(server, 0);
  return Object.assign(nation, {
    url: `http://127.0.0.1:${port}/upload`,
    script,
    arrived,
    effects,
    standing: () =>
      new Map([...standing].filter(([, { op }]) => op === 'put').map(([key, { text }]) => [key, valueOf(text, 'TENDER_PROJECT_NAME')])),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  });
}

function meet(
  behaviour: Behaviour,
  met: { readonly message: ReceivedMessage; readonly response: ServerResponse; readonly take: (message: ReceivedMessage) => void },
): void {
  const { message, response, take } = met;
  const answer = (status: number, body: string): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  if (behaviour === 'lose') return void response.destroy();
  if (behaviour === 'refuse') return answer(200, JSON.stringify({ STATUS: '-1', MSG: refusal }));
  if (behaviour === 'garbage') return answer(200, '<html><body>系统维护中</body></html>');
  if (behaviour === 'fail') return answer(500, '');
  take(message);
  if (behaviour === 'repeat') take(message);
  if (behaviour === 'lose-answer') return void response.destroy();
  // Whoever asks goes when its deadline is over.
  if (behaviour === 'delay') return;
  answer(200, '{"STATUS":"1"}');
}

function understood(text: string): ReceivedMessage {
  const op = valueOf(text, 'DATA_TYPE') === '3' ? 'withdraw' : 'put';
  const [dataset, key, timestamp] = ['DATA_EN', 'DATA_KEY', 'DATA_TIMESTAMP'].map((name) => valueOf(text, name));
  return { text, dataset: dataset ?? '', key: key ?? '', op, timestamp: timestamp ?? '' };
}

function valueOf(text: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
}
