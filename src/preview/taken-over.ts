/** Whether a framework takes a page over in the browser (hydrates it), and what of a preview has to go for it not to. */
import { isStructuredData } from '../article/page-head.ts';
import {
  attributeOf,
  heldText,
  outwards,
  type PageToken,
  type ParsedPage,
  type StartToken,
} from '../article/parsed-page.ts';
import type { Body } from './find-body.ts';
import type { Edit } from './splice.ts';

/**
 * By what frameworks write into the pages that they take over: Next.js, React, Nuxt, Vue, SvelteKit, Remix, Solid, Qwik,
 * Angular, Gatsby. Any other page is given away by the data that it carries: the text once more, in a script.
 */
export const isTakenOver = ({ source, tokens }: ParsedPage): boolean =>
  tokens.some((token, index) => isSign(source, tokens, token, index));

const isSign = (source: string, tokens: readonly PageToken[], token: PageToken, index: number): boolean => {
  switch (token.kind) {
    case 'comment':
      return token.data.length <= 3 && COMMENTS.test(token.data);
    case 'start':
      if (token.attributes.some(({ name, value }) => SIGNS.has(name) || (name === 'id' && IDS.has(value))))
        return true;
      return isOfFramework(source, tokens, token, index);
    case 'text':
    case 'end':
    case 'doctype':
      return false;
    default:
      return token satisfies never;
  }
};

/** Where React, Vue and Svelte find the borders of what they made. */
const COMMENTS = /^(?:\$[?!~]?|\[[!-]?)$/;
const IDS = new Set('__next __nuxt ___gatsby __NEXT_DATA__ __NUXT_DATA__ ng-state'.split(' '));
const SIGNS = new Set(
  'data-reactroot data-server-rendered data-v-app data-svelte-h data-hk q:container ng-server-context'.split(
    ' ',
  ),
);

/** A script that takes over, or what loads it ahead. */
const isOfFramework = (
  source: string,
  tokens: readonly PageToken[],
  token: StartToken,
  index: number,
): boolean => {
  switch (token.name) {
    case 'link':
      return (
        /^(?:module)?preload$/i.test(attributeOf(token, 'rel').trim()) &&
        PATHS.test(attributeOf(token, 'href'))
      );
    case 'script': {
      if (PATHS.test(attributeOf(token, 'src'))) return true;
      const { start, end } = heldText(tokens, index);
      return INLINE.test(source.slice(start, Math.min(end, start + beginning)));
    }
    default:
      return false;
  }
};

const PATHS = /\/(?:_next\/static|_nuxt|_app\/immutable)\//;
const INLINE =
  /\b__next_[fs]\b|\b__NUXT__\b|\b__sveltekit_|\b__(?:remix|reactRouter)\w+|\b_\$HY\b|\b__(?:INITIAL|PRELOADED|APOLLO)_STATE__\b/;
/** An inline script says early what it is for. */
const beginning = 2_000;

/** Whether any of a preview's edits takes something out of a script: what would be rendered from it is not what stands there. */
export const cleansScripts = ({ tokens }: ParsedPage, edits: readonly Edit[]): boolean => {
  const starts = edits.map(({ start }) => start).sort((one, other) => one - other);
  let at = 0;
  return tokens.some((token, index) => {
    if (token.kind !== 'start' || token.name !== 'script' || isStructuredData(attributeOf(token, 'type')))
      return false;
    const { start, end } = heldText(tokens, index);
    while ((starts[at] ?? Number.POSITIVE_INFINITY) < start) at += 1;
    return (starts[at] ?? Number.POSITIVE_INFINITY) < end;
  });
};

/** Takes out the scripts of known frameworks, with what loads them ahead: what stands there stays as it is. */
export const takeOverEdits = ({ source, tokens }: ParsedPage): Edit[] =>
  tokens.flatMap((token, index): Edit[] => {
    if (token.kind !== 'start' || !isOfFramework(source, tokens, token, index)) return [];
    if (token.name === 'link') return [{ start: token.start, end: token.end, text: '' }];
    const { end, next } = heldText(tokens, index);
    return next?.kind === 'end' && next.start === end
      ? [{ start: token.start, end: next.end, text: '' }]
      : [];
  });

/** An Astro island whose properties were taken out of it stays as it was rendered: it begins nothing without this. */
export const islandEdits = ({ tokens }: ParsedPage, edits: readonly Edit[]): Edit[] => {
  const starts = new Set(edits.map(({ start }) => start));
  return tokens.flatMap((token): Edit[] => {
    if (token.kind !== 'start' || token.name !== 'astro-island') return [];
    const isCleaned = token.attributes.some(({ name, start }) => name === 'props' && starts.has(start));
    const begins = token.attributes.find(({ name }) => name === 'client');
    return isCleaned && begins ? [{ start: begins.start, end: begins.end, text: '' }] : [];
  });
};

/**
 * Behind the child of `<body>` that holds the article: nothing that a framework renders stands there, or React passes it
 * over; and what comes later, behind the page's scripts, comes late.
 */
export const footOf = ({ source, tokens }: ParsedPage, { sections, end }: Body): number => {
  const root = [...outwards(sections.at(-1)?.place)].find(({ below }) => below?.element.name === 'body');
  const foot = root?.element.sourceCodeLocation?.endOffset;
  if (foot !== undefined && foot >= end) return foot;
  const last = tokens.findLast((token) => token.kind === 'end' && token.name === 'body');
  return last && last.start >= end ? last.start : source.length;
};
