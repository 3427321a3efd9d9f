/** A browser that draws a page the same on every machine: with fonts of its own, without motion, and every number that is drawn by lot replaced. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Look } from '../support/seen-by-readers.ts';
import { launchBrowser } from '../support/watched-browser.ts';

export interface Drawing {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Fonts are found by fontconfig, on Linux alone: elsewhere pages are drawn in whatever the machine has. */
export const canDrawAlike = process.platform === 'linux';

export const openDrawing = async (): Promise<Drawing> => {
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-fonts-'));
  const fontconfig = join(directory, 'fonts.conf');
  writeFileSync(fontconfig, fontsOnly(directory));
  const browser = await launchBrowser(
    ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb', '--hide-scrollbars'],
    { ...process.env, FONTCONFIG_FILE: fontconfig, LANG: 'C.UTF-8', TZ: 'UTC' },
  );
  return {
    browser,
    close: async () => {
      await browser.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');

/** What a page, or a browser where a page asks for the system's own, may call them. */
const families = {
  serif: 'DejaVu Serif',
  'sans-serif': 'DejaVu Sans',
  sans: 'DejaVu Sans',
  'system-ui': 'DejaVu Sans',
  'ui-sans-serif': 'DejaVu Sans',
  monospace: 'DejaVu Sans Mono',
  'ui-monospace': 'DejaVu Sans Mono',
};

/** The machine has these fonts and no others, drawn without regard to its screen. */
const fontsOnly = (directory: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${directory}</cachedir>
${Object.entries(families)
  .map(
    ([name, drawn]) => `  <alias><family>${name}</family><prefer><family>${drawn}</family></prefer></alias>`,
  )
  .join('\n')}
  <match><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
</fontconfig>
`;

/** A picture of the whole page, as PNG. */
export const drawPage = async (page: Page, { width, colorScheme }: Look): Promise<Buffer> => {
  await page.setViewportSize({ width, height: 844 });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate(settle, [stillness, fixedNumber, fixedReference] as const);
  return page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide', scale: 'css' });
};

const stillness = `*, *::before, *::after { animation: none !important; transition: none !important;
caret-color: transparent !important; scroll-behavior: auto !important }`;

/** As long as the number of a visitor and the reference of a view, which are drawn by lot. */
const fixedNumber = 'k3Vx9dAb.Kd93jfkdAfj39fkdJf93xQ';
const fixedReference = 'md8n-jtc2-2p5d';

/** Runs in the page. */
const settle = async ([rules, number, reference]: readonly [string, string, string]): Promise<void> => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  const trees: (Document | ShadowRoot)[] = [document];
  for (const { shadowRoot } of document.querySelectorAll('*')) if (shadowRoot) trees.push(shadowRoot);
  for (const tree of trees) {
    tree.adoptedStyleSheets = [sheet];
    const texts = document.createTreeWalker(tree, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      text.nodeValue = text.nodeValue?.replace(/\b[a-z\d]{4}-[a-z\d]{4}-[a-z\d]{4}\b/, reference) ?? null;
    // What makes the last lines pretty is left to each version of a browser, and one line more moves all below it.
    for (const element of tree.querySelectorAll<HTMLElement>('*'))
      if (getComputedStyle(element).textWrapStyle === 'pretty') element.style.textWrapStyle = 'auto';
  }
  for (const code of document.querySelectorAll('footer code')) code.textContent = number;
  for (const image of document.images) image.loading = 'eager';
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  await document.fonts.ready;
};
