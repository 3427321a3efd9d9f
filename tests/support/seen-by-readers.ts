/** What a reader can't see of what Gatefold says on a page: of each of its words, and of where the page ends. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from './gatefold-process.ts';

export interface Look {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

/** A telephone and a desk, by day and by night. */
export const looks = {
  narrowLight: { width: 390, colorScheme: 'light' },
  narrowDark: { width: 390, colorScheme: 'dark' },
  wideLight: { width: 1280, colorScheme: 'light' },
  wideDark: { width: 1280, colorScheme: 'dark' },
} as const satisfies Record<string, Look>;

/** As one script, since a page of somebody else's has no address to import modules from. */
const script = ['flat-tree', 'colours', 'covers', 'look-at-page']
  .map((name) => readFileSync(join(projectRoot, `tests/support/browser/${name}.js`), 'utf8'))
  .map((module) => module.replace(/^import [^;]*;$/gm, '').replace(/^export /gm, ''))
  .join('\n');

/**
 * In words, one for each fault; empty for a page on which everything can be seen.
 *
 * @param wanted selectors of what has to be there, somewhere in Gatefold's elements
 */
export const seenFaults = async (
  page: Page,
  looks: readonly Look[],
  wanted: readonly string[] = [],
): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    const call = `lookAtPage(${JSON.stringify(wanted)})`;
    const seen = await page.evaluate<string[]>(`(() => { ${script}\nreturn ${call}; })()`);
    faults.push(...seen.map((fault) => `${width} px, ${colorScheme}: ${fault}`));
  }
  return faults;
};
