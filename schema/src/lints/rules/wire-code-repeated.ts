/**
 * A wire code fills one field of its dataset; only the two readings of an HTML text share one.
 * @see design/graph.md «Types»
 */
import type { Lint } from '../lint.ts';
import { type WirePlace, atWire, datasetsOf, fieldsIn, wiresIn } from '../places.ts';

const readings: ReadonlySet<string | undefined> = new Set(['html', 'text']);

export const wireCodeRepeated: Lint = {
  code: 'WIRE_CODE_REPEATED',
  find: (law) =>
    datasetsOf(law)
      .flatMap((dataset) => repeated(fieldsIn(dataset).flatMap(wiresIn)))
      .map((place) => ({
        ...atWire(place),
        zh: `本数据集已有字段用 ${place.wire.code}。一个标准字段填两处，写回标准格式时就不知以哪处为准；请删去一处。同一 HTML 的 html 与 text 两种读法例外。`,
        en: `Another field of this dataset already uses ${place.wire.code}. With two, the wire form could not be recovered from the record; drop one. Only the readings html and text of one HTML field may share it.`,
      })),
};

function repeated(all: readonly WirePlace[]): readonly WirePlace[] {
  const sent = all.filter(({ wire }) => wire.code !== '');
  return sent.filter(({ wire }, index) =>
    sent.slice(0, index).some((other) => other.wire.code === wire.code && !isReading(wire.part, other.wire.part)),
  );
}

function isReading(a: string | undefined, b: string | undefined): boolean {
  return a !== b && readings.has(a) && readings.has(b);
}
