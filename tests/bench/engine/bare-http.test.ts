/**
 * The measurements' own HTTP reads what others send, however it is cut.
 */
import { expect, test } from 'vitest';

import { messageReader } from './bare-http.ts';

const messages = [
  'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"data":{}}',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"dat\r\n6\r\na":{}}\r\n0\r\n\r\n',
  'HTTP/1.1 204 No Content\r\n\r\n',
  'HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 6\r\n\r\n标段',
] as const;
const stream = Buffer.from(messages.join(''));

test('messages are whole, whatever pieces they come in', () => {
  for (let size = 1; size <= stream.length; size++) {
    const read: unknown[] = [];
    const take = messageReader({
      wants: () => true,
      onMessage: ({ head, bytes, body }) => read.push([head.slice(9, 12), bytes, String(body)]),
    });
    for (let at = 0; at < stream.length; at += size) take(stream.subarray(at, at + size));
    expect(read).toEqual([
      ['200', 11, '{"data":{}}'],
      ['200', 11, '{"data":{}}'],
      ['204', 0, ''],
      ['200', 6, '标段'],
    ]);
  }
});
