/** What every cut page must hold, checked the way an outsider would: on the bytes, and by parsing them again. */
import { expect } from '@jest/globals';
import { parse } from 'parse5';
import { parsePage } from '../../src/article/parse-page.ts';
import type { Cutoff } from '../../src/policy/policy.ts';
import { type CutPageOptions, cutPage, type PageCut } from '../../src/preview/cut-page.ts';

export const characters = (count: number, ending: 'exact' | 'word' | 'sentence' = 'exact'): Cutoff => ({
  by: 'characters',
  count,
  ending,
});

export const cut = (html: string, options: Partial<CutPageOptions> = {}): PageCut =>
  cutPage(parsePage(html), {
    bodySelectors: ['#story'],
    cutoff: characters(30),
    structuredData: false,
    styleHashes: "'sha256-own'",
    scriptHash: "'sha256-script'",
    hydration: 'drop',
    ...options,
  });

export const partsOf = (result: PageCut) => {
  if (result.kind !== 'parts') throw new Error('the page was withheld');
  return result.parts;
};

export const sentBytes = (result: PageCut): string =>
  result.kind === 'parts'
    ? result.parts.preview.head + result.parts.preview.tail
    : result.page.head + result.page.tail;

/** Tags from the root to the first element with an id, as a browser would have them. */
export const pathTo = (html: string, id: string): string | undefined => {
  type Node = {
    nodeName: string;
    childNodes?: Node[];
    content?: Node;
    attrs?: { name: string; value: string }[];
  };
  const waiting: { node: Node; path: string }[] = [{ node: parse(html) as unknown as Node, path: '' }];
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const { node, path } = entry;
    if (node.attrs?.some(({ name, value }) => name === 'id' && value === id))
      return `${path}/${node.nodeName}`;
    for (const child of node.childNodes ?? [])
      waiting.push({ node: child, path: `${path}/${node.nodeName}` });
  }
  return undefined;
};

export const visibleText = (html: string): string => {
  type Node = { nodeName: string; value?: string; childNodes?: Node[] };
  const texts: string[] = [];
  const waiting: Node[] = [parse(html) as unknown as Node];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.nodeName === '#text') texts.push(node.value ?? '');
    if (['script', 'style', 'template', 'noscript'].includes(node.nodeName)) continue;
    waiting.push(...[...(node.childNodes ?? [])].reverse());
  }
  return texts.join('').replace(/\s+/g, ' ').trim();
};

/** Joined with a prompt, the preview keeps the page's beginning and end, and its frame, and puts the prompt inside. */
export const expectWellFormed = (
  html: string,
  result: PageCut,
  frame: { start: string; end: string },
): void => {
  const { preview, full, previewText, fullText } = partsOf(result);
  const whole = full.head + full.body + full.tail + (full.afterRoot ?? '');
  if (!whole.includes('gatefold-body')) expect(whole).toBe(html);
  expect(fullText.startsWith(previewText)).toBe(true);
  expect(preview.head.startsWith(frame.start)).toBe(true);
  expect(preview.tail.endsWith(frame.end)).toBe(true);
  const served = `${preview.head}<div id="prompt">Subscribe</div>${preview.tail}`;
  expect(pathTo(served, 'prompt')).toContain(`${pathTo(html, 'story')}/`);
  expect(pathTo(served, 'page-end')).toBe(pathTo(html, 'page-end'));
};
