/**
 * An answer in parts as a client reads it, one part after the other.
 */
/** The form in which parts are sent. */
export const takesParts = 'multipart/mixed;deferSpec=20220824, application/json';

/** @returns Each part, when it is there. */
export async function* readParts({ body }: Response): AsyncGenerator<unknown, void> {
  if (body === null) return;
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    // A part is whole when the line that parts it from the next is there.
    for (let end = text.indexOf('\r\n---', 2); end >= 0; end = text.indexOf('\r\n---', 2)) {
      const [, json] = text.slice(0, end).split('\r\n\r\n');
      text = text.slice(end);
      if (json !== undefined) yield JSON.parse(json);
    }
  }
}
