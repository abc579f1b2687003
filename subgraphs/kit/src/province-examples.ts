/**
 * The province's examples for the explorer: `examples/*.graphql` of its folder, in the order of their names.
 */
import type { ProvinceFolder } from './province-folder.ts';
import { HubError } from '@hub/schema';
import { parse } from 'graphql';

/** @throws HubError CONFIG_INVALID naming the file that is no query. */
export async function readExamples(folder: Pick<ProvinceFolder, 'names' | 'text'>): Promise<readonly string[]> {
  const names = (await folder.names('examples')).filter((name) => name.endsWith('.graphql'));
  return Promise.all(
    names.map(async (name) => {
      const text = (await folder.text(`examples/${name}`)) ?? '';
      try {
        parse(text);
        return text;
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new HubError('CONFIG_INVALID', {
          zh: `省份数据 examples/${name} 不是合法的查询：${reason}`,
          en: `Province data: examples/${name} is no query: ${reason}`,
          cause,
        });
      }
    }),
  );
}
