/** What the tests do as a reader who buys: choose a plan, pay at the sandbox's checkout, move the sandbox's clock. */
import type { Page } from 'playwright-core';
import { open, promptLink } from './reading-pages.ts';

/** Test cards, by what they do. */
export const cards = {
  works: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  asksTheBank: '4000 0027 6000 3184',
  failsLater: '4000 0000 0000 0341',
} as const;

/** Reads what is free, and stops at the first article that isn't. @returns its address */
export const readToThePrompt = async (
  page: Page,
  site: string,
  paths: readonly string[],
): Promise<string> => {
  for (const path of paths) {
    const answer = await open(page, site + path);
    if (answer?.startsWith('preview')) return path;
  }
  throw new Error('Every article was free.');
};

/** From a prompt over the plans to the sandbox's checkout. */
export const choosePlan = async (page: Page, plan: string): Promise<void> => {
  await promptLink(page, 'Subscribe').click();
  await page.getByRole('button', { name: `Choose ${plan}`, exact: true }).click();
  await page.waitForURL(/\/-\/sandbox\/checkout\//);
};

export const payWith = async (page: Page, card: string, email?: string): Promise<void> => {
  if (email !== undefined) await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel(card).check();
  await page.getByRole('button', { name: /^(Subscribe|Start|Pay)/ }).click();
};

export type ClockStep = '1 day' | '1 week' | '1 month' | 'To the next thing';

export const moveClock = async (page: Page, site: string, ...steps: readonly ClockStep[]): Promise<void> => {
  await page.goto(`${site}/-/sandbox/`);
  for (const step of steps) {
    await page.getByRole('button', { name: step, exact: true }).click();
    await page.getByRole('status').first().waitFor();
  }
};
