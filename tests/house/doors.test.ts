/**
 * What a package promises is documented where it is written. @see design/style.md «Docs»
 */
import { describe, expect, test } from 'vitest';

import { importsOf, sources, textOf } from '../support/repository.ts';

const doors = sources.filter((path) => path.endsWith('/index.ts'));

describe('Doors of packages', () => {
  test.each(doors)('every export of %s says what it is for', (door) => {
    const undocumented = importsOf(door).flatMap(({ specifier, target }) => {
      if (target === undefined) return [];
      const code = textOf(target);
      return namesExported(door, specifier).filter((name) => !isDocumented(code, name));
    });
    expect([...new Set(undocumented)]).toEqual([]);
  });

  test.each(doors)('%s only opens: it re-exports by name and defines nothing', (door) => {
    const body = textOf(door).replaceAll(/\/\*[\s\S]*?\*\//g, '');
    const statements = body.split(';').map((statement) => statement.trim());
    expect(statements.filter((statement) => statement !== '' && !/^export (type )?\{[^}]*\} from '[^']+'$/.test(statement))).toEqual([]);
  });
});

function namesExported(door: string, specifier: string): readonly string[] {
  const clause = /export (?:type )?\{([^}]*)\} from '([^']+)'/g;
  return [...textOf(door).matchAll(clause)]
    .filter(([, , from]) => from === specifier)
    .flatMap(([, names = '']) => names.split(','))
    .map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/ as .*$/, ''),
    )
    .filter((name) => name !== '');
}

function isDocumented(code: string, name: string): boolean {
  const declaration = new RegExp(
    `\\*/\\n(?:export )?(?:abstract |async |declare )*(?:function\\*?|const|let|class|interface|type) ${name}\\b`,
  );
  return declaration.test(code);
}
