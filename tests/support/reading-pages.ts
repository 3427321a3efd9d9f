/** What the tests do on a page as a reader would: open it, read its words, sign in by mail. */
import type { BrowserContext, Locator, Page } from 'playwright-core';

export const previewLine = 'You’re reading a preview, subscribe to read more.';

/** The end of an article, without regard to how its quotation marks are typed. */
export const lastWords = (blocks: readonly string[]): string =>
  plainQuotes((blocks.at(-1) ?? '').replace(/\s+/g, ' ').trim().slice(-70));

/** The words of the page, without those inside the prompt's own tree. */
export const words = async (page: Page): Promise<string> =>
  plainQuotes((await page.locator('body').allInnerTexts()).join(' ').replace(/\s+/g, ' '));

export const plainQuotes = (text: string): string => text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"');

/** Gives back what the gate says of it. */
export const open = async (page: Page, url: string): Promise<string | undefined> =>
  (await page.goto(url))?.headers()['gatefold-access'];

export const promptLink = (page: Page, name: string): Locator =>
  page.locator('gatefold-prompt').getByRole('link', { name, exact: true });

/** Presses Tab until the prompt's link has the focus, as somebody without a mouse would. */
export const tabToPrompt = async (page: Page): Promise<boolean> => {
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press('Tab');
    const inPrompt = await page.evaluate(() => document.activeElement?.closest('gatefold-prompt') !== null);
    if (inPrompt) return true;
  }
  return false;
};

/** From the sign-in page on: asks for the mail, follows its link from the outbox, presses the button, ends at `target`. */
export const signInByMail = async (
  page: Page,
  context: BrowserContext,
  { site, email, target }: { readonly site: string; readonly email: string; readonly target: string },
): Promise<void> => {
  await page.getByLabel(/email/i).fill(email);
  await page.getByRole('button').click();
  await page.locator('input.code').waitFor();
  const mail = await context.newPage();
  await mail.goto(`${site}/-/outbox`);
  await mail.locator('article a[href*="/-/sign-in/link"]').first().click();
  await mail.getByRole('button').click();
  await mail.waitForURL(site + target);
  await mail.close();
};
