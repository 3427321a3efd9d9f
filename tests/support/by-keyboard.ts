/** What somebody without a mouse does on a page: goes to a control by its name, types, chooses, presses. */
import type { Page } from 'playwright-core';

/** Presses Tab until what has this role and name has the focus. @throws Error when it never does. */
export const tabTo = async (
  page: Page,
  role: Parameters<Page['getByRole']>[0],
  name: string,
): Promise<void> => {
  const wanted = page.getByRole(role, { name, exact: true }).first();
  await wanted.waitFor();
  for (let count = 0; count < 250; count += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never reached the ${role} “${name}” on ${page.url()}`);
};

/** A field's whole text, anew. */
export const typeInto = async (
  page: Page,
  role: 'textbox' | 'combobox',
  name: string,
  text: string,
): Promise<void> => {
  await tabTo(page, role, name);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
};

export const press = async (page: Page, role: 'button' | 'link', name: string): Promise<void> => {
  await tabTo(page, role, name);
  await page.keyboard.press('Enter');
};
