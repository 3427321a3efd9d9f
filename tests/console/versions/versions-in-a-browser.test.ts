/** The versions' pages in a real browser: from a draft to a version in force and back, by keyboard alone, and how they look. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway, testPolicy } from '../../support/start-gateway.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';

let [site, browser, ann, bob] = [] as unknown as [RunningGateway, Browser, OperatorBrowser, OperatorBrowser];
beforeAll(async () => {
  site = await startGateway();
  ann = await operatorAt(site, 'editor');
  bob = await operatorAt(site, 'editor');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const page = (): string => `${site.consoleUrl}/-/console/versions`;
const withVisitor = (count: number): string => testPolicy.replace('visitor: 3', `visitor: ${count}`);

const signedIn = async (options: BrowserContextOptions = {}) => {
  const watched = await watchedContext(browser, options);
  await watched.context.addCookies([{ name: 'gf_operator', value: ann.secret, url: site.consoleUrl }]);
  return watched;
};

/** Looked at in both colours and at both widths; nothing is to be scrolled sideways. */
const looksWell = async (at: Page, name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await at.emulateMedia({ colorScheme });
    expect(await accessFaults(at)).toEqual([]);
    await shoot(at, `versions-${name}-${colorScheme}`);
  }
  await at.setViewportSize({ width: 390, height: 844 });
  expect(await at.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await at.setViewportSize({ width: 1280, height: 900 });
};

/** Presses Tab until that is focused: what can't be reached isn't there for whoever has no mouse. */
const tabTo = async (at: Page, name: string): Promise<void> => {
  for (let presses = 0; presses < 120; presses += 1) {
    await at.keyboard.press('Tab');
    const focused = await at.evaluate(() => {
      const element = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLElement> }) | null;
      return element?.labels?.[0]?.textContent?.trim() ?? element?.textContent?.trim() ?? '';
    });
    if (focused.startsWith(name)) return;
  }
  throw new Error(`no way by Tab to “${name}”`);
};

test('from the text to a draft, a version in force and back again, by keyboard alone', async () => {
  const { context, newPage, troubles } = await signedIn();
  const at = await newPage();
  await at.goto(page());
  await looksWell(at, 'none');
  await tabTo(at, 'Edit the policy as text');
  await at.keyboard.press('Enter');
  await at.waitForURL(`${page()}/text`);
  await looksWell(at, 'text');

  await tabTo(at, 'Text');
  await at.evaluate(() => {
    const field = document.querySelector('textarea');
    const start = field?.value.indexOf('visitor: 3') ?? 0;
    field?.setSelectionRange(start, start + 'visitor: 3'.length);
  });
  await at.keyboard.type('visitor: -1');
  await tabTo(at, 'Save the draft');
  await at.keyboard.press('Enter');
  await at.getByRole('heading', { name: 'One fault' }).waitFor();
  await looksWell(at, 'faults');
  await at.getByRole('link', { name: 'Line 6' }).focus();
  await at.keyboard.press('Enter');
  const selected = await at.evaluate(() => {
    const field = document.activeElement as HTMLTextAreaElement;
    return field.value.slice(field.selectionStart, field.selectionEnd);
  });
  expect(selected).toBe('  main: { window: month, visitor: -1, registered: 5 }');
  await at.keyboard.type('  main: { window: month, visitor: 1, registered: 5 }');
  await tabTo(at, 'Save the draft');
  await at.keyboard.press('Enter');
  await at.getByText('Saved in the draft. Readers meet it').waitFor();

  await at.goto(`${page()}#draft`);
  await at.getByText('a visitor gets 1 free read a month instead of 3').first().waitFor();
  await at.getByText('The same, line by line').click();
  await looksWell(at, 'draft');
  await tabTo(at, 'Note');
  await at.keyboard.type('Fewer free reads in winter');
  await tabTo(at, 'Publish the draft');
  await at.keyboard.press('Enter');
  await at.getByRole('status').waitFor();
  expect(await at.getByRole('status').textContent()).toContain('Published');
  await looksWell(at, 'published');

  await tabTo(at, 'Version 1');
  await at.keyboard.press('Enter');
  await at.getByRole('heading', { name: 'Version 1' }).waitFor();
  await looksWell(at, 'version');
  await at.goBack();
  await tabTo(at, 'Roll back to version 1');
  await at.keyboard.press('Enter');
  await at.getByText('Rolled back:').waitFor();
  expect((await ann.api('GET', '/policy')).body.published.text).toBe(testPolicy);
  expect(troubles()).toEqual([]);
  await context.close();
});

test('without script: what another editor saved meanwhile is shown, and what was typed is still there', async () => {
  const { context, newPage } = await signedIn({ javaScriptEnabled: false });
  const at = await newPage();
  await at.goto(`${page()}/text`);
  const { revision } = (await bob.api('GET', '/policy')).body;
  await bob.api('PUT', '/policy/draft', { text: withVisitor(2), revision });
  await at.getByLabel('Text').fill(withVisitor(7));
  await at.getByRole('button', { name: 'Save the draft' }).click();
  expect(await at.getByRole('alert').textContent()).toContain(`${bob.email} changed the draft`);
  expect(await at.getByLabel('Your text').inputValue()).toBe(withVisitor(7));
  await at.getByRole('button', { name: 'Save mine over it' }).click();
  await at.getByText('Saved in the draft.').waitFor();
  await context.close();

  const looking = await signedIn();
  const look = await looking.newPage();
  await look.goto(`${page()}/text`);
  const now = (await bob.api('GET', '/policy')).body;
  await bob.api('PUT', '/policy/draft', { text: withVisitor(3), revision: now.revision });
  await look.getByLabel('Text').fill(withVisitor(8));
  await look.getByRole('button', { name: 'Save the draft' }).click();
  await look.getByRole('alert').waitFor();
  await looksWell(look, 'conflict');
  await looking.context.close();
});

test('overtaken, scheduled and held stand where they are seen', async () => {
  const { context, newPage } = await signedIn();
  const at = await newPage();
  const save = async (text: string): Promise<number> => {
    const { revision } = (await bob.api('GET', '/policy')).body;
    return (await bob.api('PUT', '/policy/draft', { text, revision })).body.revision;
  };
  const publish = async (revision: number, more: object = {}) =>
    bob.api('POST', '/policy/draft/publish', { revision, note: '', ...more });
  await publish(await save(withVisitor(4)), { regardless: true });
  const soon = new Date(site.time.now + 86_400_000).toISOString();
  await publish(await save(withVisitor(5)), { at: soon, note: 'For the holidays' });
  await save(withVisitor(6));
  const { published } = (await bob.api('GET', '/policy')).body;
  await bob.api('POST', '/policy/versions/1/rollback', { instead: published.number, note: 'Too generous' });
  await at.goto(page());
  await at.getByText('Overtaken.').waitFor();
  await looksWell(at, 'overtaken');
  await at.getByLabel('Not now, but at').fill('2020-01-01T08:00');
  await at.getByRole('button', { name: 'Publish the draft' }).click();
  await at.getByText('That time has passed').waitFor();
  await at.locator('#at:focus').waitFor();
  await looksWell(at, 'time-fault');
  await context.close();
});
