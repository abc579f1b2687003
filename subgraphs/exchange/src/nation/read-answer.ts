/**
 * The nation's answer to a message: `{"STATUS":"1"}`, or `{"STATUS":"-1","MSG":…}`. Whatever else comes back says nothing about
 * the record, and the message is sent again.
 * @see standard/exchange.md 3
 */

import { storable } from '../store/storable-text.ts';

/** What the nation said. */
export type NationalAnswer =
  | { readonly state: 'CONFIRMED' }
  | { readonly state: 'REFUSED'; readonly words: string }
  | { readonly state: 'UNREADABLE'; readonly words: string };

const mostWords = 500;

/** @param body - As it came, however long. */
export function readAnswer(status: number, body: string): NationalAnswer {
  const told = status >= 200 && status < 300 ? parsed(body) : undefined;
  const { STATUS: said, MSG: message }: Readonly<Partial<Record<string, unknown>>> =
    typeof told === 'object' && told !== null ? { ...told } : {};
  if (said === '1' || said === 1) return { state: 'CONFIRMED' };
  if (said === '-1' || said === -1) {
    return { state: 'REFUSED', words: typeof message === 'string' && message !== '' ? shortened(message) : '未说明原因 no reason given' };
  }
  return { state: 'UNREADABLE', words: shortened(`HTTP ${status}: ${body.replaceAll(/\s+/g, ' ')}`) };
}

function shortened(text: string): string {
  // Nobody reads a page of HTML in a list.
  return storable(text.slice(0, mostWords));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told as unreadable, with its text.
    return undefined;
  }
}
