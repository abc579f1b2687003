/**
 * The refusal of a place where no hub was ever started: what only works beside a hub must not begin an empty one.
 */
import { HubError } from '@hub/schema';

/** @param place - Folder or database, without a password. */
export function noHubData(place: string): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: `${place} 里没有 hub 的数据：请先启动一次 hub（npm start），或把 HUB_DATA_DIR、HUB_DATABASE_URL 设为与 hub 相同。`,
    en: `There is no hub data in ${place}: start the hub once first (npm start), or set HUB_DATA_DIR or HUB_DATABASE_URL to the hub's.`,
  });
}
