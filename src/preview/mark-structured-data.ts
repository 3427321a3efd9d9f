/** Says in a page's JSON-LD that the article isn't free, and takes the full text out of it. */
import { isStructuredData, type PageHead } from '../article/page-head.ts';
import { attributeOf, heldText, type ParsedPage } from '../article/parsed-page.ts';
import { findArticleNode } from '../article/stated-article.ts';
import { statedIn } from '../article/stated-in.ts';
import { isObject, type JsonObject } from '../article/structured-data.ts';
import { carries } from './carriers.ts';
import { cleanedData } from './clean-structured-data.ts';
import type { Body } from './find-body.ts';
import type { Edit } from './splice.ts';
import type { WithheldRuns } from './withheld-runs.ts';

/** The class that the body gets where JSON-LD has to name it: search engines accept class selectors only. */
const BODY_CLASS = 'gatefold-body';

interface StructuredDataSearch {
  readonly page: ParsedPage;
  readonly head: PageHead;
  readonly body: Body;
  readonly scripts: readonly DataScript[];
  /** `full`: the restricted part is in the page and is named. `preview`: it isn't, and nothing may name it. */
  readonly form: 'full' | 'preview';
  /** Say that the article isn't free; without it, only what is withheld is taken out. */
  readonly marks: boolean;
  readonly runs: WithheldRuns | undefined;
}

export const structuredDataEdits = (search: StructuredDataSearch): Edit[] => {
  const { head, scripts, form, marks, runs } = search;
  const documents = scripts.map(({ data }) => data);
  const article = findArticleNode(documents, [head.canonicalHref])?.node;
  const marked = article && marks ? markNode(article, form) : undefined;
  const edits = scripts.flatMap(({ text, start, end, data, written }) => {
    if (data === undefined) return runs && isSuspect(text, runs) ? [{ start, end, text: '' }] : [];
    const replaced = replacedNode(data, article, marked);
    const cleaned = runs ? cleanedData(replaced, runs) : replaced;
    if (cleaned === data) return [];
    const json = JSON.stringify(cleaned);
    return json === written() ? [] : [{ start, end, text: asScript(json) }];
  });
  if (marks && !article) edits.push(ownScript(search));
  return edits;
};

/** `<` can't end the script or begin a comment once it is written as an escape. */
const asScript = (json: string): string => json.replaceAll('<', '\\u003c');

/** Gives the article's elements the class that `hasPart` names. */
export const bodyClassEdits = ({ source, tokens }: ParsedPage, { sections }: Body): Edit[] => {
  const starts = new Set(sections.map(({ tagStart }) => tagStart));
  return tokens.flatMap((token): Edit[] => {
    if (token.kind !== 'start' || !starts.has(token.start)) return [];
    const named = token.attributes.find(({ name }) => name === 'class');
    if (!named) {
      const at = token.start + 1 + token.name.length;
      return [{ start: at, end: at, text: ` class="${BODY_CLASS}"` }];
    }
    const value = source.slice(named.start, named.end).replace(/^class\s*=?\s*/i, '');
    const bare = value.replace(/^(["'])([\s\S]*)\1$/, '$2').replaceAll('"', '&quot;');
    return [{ start: named.start, end: named.end, text: `class="${`${bare} ${BODY_CLASS}`.trim()}"` }];
  });
};

/** A script of JSON-LD, and what it says; undefined where that isn't JSON. */
interface DataScript {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly data: unknown;
  /** The same as JSON, made when it is first asked for. */
  readonly written: () => string;
}

export const dataScriptsOf = (page: ParsedPage): DataScript[] => {
  const { source, tokens } = page;
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'start' || token.name !== 'script' || !isStructuredData(attributeOf(token, 'type')))
      return [];
    const { start, end } = heldText(tokens, index);
    const text = source.slice(start, end);
    const data = statedIn(page, text);
    return [{ text, start, end, data, written: once(() => JSON.stringify(data)) }];
  });
};

const once = (make: () => string): (() => string) => {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

const markNode = (node: JsonObject, form: 'full' | 'preview'): JsonObject => {
  const parts = [node.hasPart ?? []].flat();
  const others = parts.filter((part) => !(isObject(part) && part.cssSelector !== undefined));
  const { hasPart: _, ...rest } = node;
  const all = form === 'full' ? [...others, BODY_PART] : others;
  return {
    ...rest,
    isAccessibleForFree: false,
    ...(all.length === 0 ? {} : { hasPart: all.length === 1 ? all[0] : all }),
  };
};

const BODY_PART = { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: `.${BODY_CLASS}` };

/** The same data with one of its top nodes replaced; the very same where it isn't among them. */
const replacedNode = (data: unknown, node: JsonObject | undefined, by: JsonObject | undefined): unknown => {
  if (node === undefined || by === undefined) return data;
  if (data === node) return by;
  if (Array.isArray(data)) {
    const parts = data.map((part: unknown) => replacedNode(part, node, by));
    return parts.every((part, index) => part === data[index]) ? data : parts;
  }
  if (!isObject(data)) return data;
  const inner = ['@graph', 'mainEntity']
    .filter((key) => typeof data[key] === 'object')
    .map((key) => [key, replacedNode(data[key], node, by)] as const);
  return inner.every(([key, part]) => part === data[key]) ? data : { ...data, ...Object.fromEntries(inner) };
};

/** Not readable as JSON, so that nothing can be taken out of it but everything. */
const isSuspect = (text: string, runs: WithheldRuns): boolean =>
  /articleBody/i.test(text) || carries(text, runs, 0);

const ownScript = ({ page, head, body, form }: StructuredDataSearch): Edit => {
  const headline = head.metas.get('og:title')?.[0] ?? head.title;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    ...(headline ? { headline } : {}),
    isAccessibleForFree: false,
    ...(form === 'full' ? { hasPart: BODY_PART } : {}),
  };
  const at = headEnd(page, body);
  return {
    start: at,
    end: at,
    text: `<script type="application/ld+json">${asScript(JSON.stringify(data))}</script>`,
  };
};

/** Before `</head>`; in pages that leave it out, before `<body>`, and else before the article itself. */
const headEnd = ({ tokens }: ParsedPage, { sections, start }: Body): number => {
  const end = tokens.find(
    (token) => token.kind === 'end' && token.name === 'head' && token.place?.element.name === 'head',
  );
  const beginning = tokens.find((token) => token.kind === 'start' && token.name === 'body');
  return end?.start ?? beginning?.start ?? sections[0]?.tagStart ?? start;
};
