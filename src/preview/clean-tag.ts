/** Empties what a tag's attributes hold of the withheld text. */
import { attributeOf, type EndToken, type PageAttribute, type StartToken } from '../article/parsed-page.ts';
import { ADDRESS_RUN, carries, MAX_PUBLIC_SUMMARY, SCRIPT_RUN, SHOWN_RUN, UNSHOWN_RUN } from './carriers.ts';
import type { Edit } from './splice.ts';
import { RUN_LENGTH, type WithheldRuns } from './withheld-runs.ts';

export const startTagEdits = (source: string, token: StartToken, runs: WithheldRuns): Edit[] => {
  if (token.end - token.start < RUN_LENGTH) return [];
  const edits = new Map(
    token.attributes
      .filter((attribute) => isCarrier(token, attribute, runs))
      .map((attribute) => [attribute, emptied(source, attribute)]),
  );
  // Attributes given twice aren't in the tree, and are in the source; a value without quotes becomes a row of names.
  const loose = new Set(token.attributes.filter((attribute) => isLoose(source, attribute)));
  if (!carries(litterOf(source, token, loose), runs, UNSHOWN_RUN)) return [...edits.values()];
  if (carries(token.name, runs, UNSHOWN_RUN)) return [{ start: token.start, end: token.end, text: '' }];
  const kept = token.attributes.flatMap((attribute) =>
    loose.has(attribute) ? [] : (edits.get(attribute)?.text ?? source.slice(attribute.start, attribute.end)),
  );
  const slash = source[token.end - 2] === '/' ? ' /' : '';
  const text = `<${[token.name, ...kept.filter((attribute) => attribute !== '')].join(' ')}${slash}>`;
  return [{ start: token.start, end: token.end, text }];
};

/** End tags may have attributes, which no parser looks at. */
export const endTagEdits = (source: string, { start, end, name }: EndToken, runs: WithheldRuns): Edit[] =>
  end - start > name.length + RUN_LENGTH && carries(source.slice(start, end), runs, UNSHOWN_RUN)
    ? [{ start, end, text: `</${name}>` }]
    : [];

/** The page's words about the article for everybody who links to it. */
export const isPublicSummary = (token: StartToken): boolean =>
  token.name === 'meta' &&
  PUBLIC.test(keyOf(token)) &&
  attributeOf(token, 'content').length <= MAX_PUBLIC_SUMMARY;

const PUBLIC =
  /^(?:(?:og:|twitter:|dc\.|dcterms\.|sailthru\.|parsely-)?(?:title|description|headline|name|site_name)|abstract)$/i;
/** Short names that may well occur in the text. */
const NAMING =
  /^(?:author|keywords|news_keywords|article:(?:section|tag|author)|og:image:alt|application-name|apple-mobile-web-app-title)$/i;
const FULL_TEXT = /^(?:articlebody|text|reviewbody)$/i;
const ADDRESSES = new Set(
  'href src srcset action formaction poster cite background xlink:href imagesrcset'.split(' '),
);
const STRUCTURE = new Set(
  (
    'class id for name rel type media lang dir role sizes width height style target integrity crossorigin nonce charset ' +
    'http-equiv property itemprop itemtype itemid datetime method enctype as color d points viewbox transform'
  ).split(' '),
);
/** An empty one of these would load the page itself again. */
const DROPPED_WHEN_EMPTY = new Set('href src srcset srcdoc poster xlink:href imagesrcset'.split(' '));

const isCarrier = (token: StartToken, { name, value }: PageAttribute, runs: WithheldRuns): boolean => {
  if (value.length < RUN_LENGTH) return false;
  if (name === 'content' && token.name === 'meta') {
    if (FULL_TEXT.test(keyOf(token))) return true;
    if (isPublicSummary(token)) return false;
    return carries(value, runs, NAMING.test(keyOf(token)) ? SCRIPT_RUN : UNSHOWN_RUN);
  }
  return carries(value, runs, boundFor(name, value));
};

const boundFor = (name: string, value: string): number => {
  if (ADDRESSES.has(name)) return /^\s*(?:data|javascript):/i.test(value) ? UNSHOWN_RUN : ADDRESS_RUN;
  if (STRUCTURE.has(name)) return SHOWN_RUN;
  return /^on[a-z]+$/.test(name) ? SCRIPT_RUN : UNSHOWN_RUN;
};

const keyOf = (token: StartToken): string =>
  (attributeOf(token, 'property') || attributeOf(token, 'name') || attributeOf(token, 'itemprop')).trim();

const emptied = (source: string, { name, start, end }: PageAttribute): Edit =>
  DROPPED_WHEN_EMPTY.has(name)
    ? { start, end, text: '' }
    : { start, end, text: `${source.slice(start, start + name.length)}=""` };

const isLoose = (source: string, { value, end }: PageAttribute): boolean =>
  value === '' || !/["']/.test(source.charAt(end - 1));

/** What of the tag is neither a known attribute's nor certain to be one. */
const litterOf = (
  source: string,
  { start, end, attributes }: StartToken,
  loose: ReadonlySet<PageAttribute>,
): string => {
  let litter = '';
  let at = start + 1;
  for (const attribute of [...attributes].sort((one, other) => one.start - other.start)) {
    if (loose.has(attribute)) continue;
    litter += source.slice(at, attribute.start);
    at = attribute.end;
  }
  return litter + source.slice(at, end - 1);
};
