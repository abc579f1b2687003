/**
 * A browser that is installed on the machine; tests that need one are left out where there is none.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Program of the browser; undefined: there is none. */
export const browserProgram = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find((file) => existsSync(file));

/** Opens it without a window. */
export function openBrowser(): Promise<Browser> {
  if (browserProgram === undefined) throw new Error('no browser is installed');
  // Its own sandbox does not work for the superuser, and what is shown is ours.
  return chromium.launch({ executablePath: browserProgram, args: ['--no-sandbox'] });
}
