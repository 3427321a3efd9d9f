/** Builds the page for an article whose text can't be found or can't be cut safely: a head, and an empty body. */
import {
  attributeOf,
  heldText,
  type PageToken,
  type ParsedPage,
  type StartToken,
} from '../article/parsed-page.ts';
import { carries, MAX_PUBLIC_SUMMARY, SCRIPT_RUN } from './carriers.ts';
import { isPublicSummary } from './clean-tag.ts';
import type { WithheldPage } from './page-parts.ts';
import type { WithheldRuns } from './withheld-runs.ts';

/**
 * Nothing tells here which of the page's bytes are the article, so nothing is kept but what is known to be harmless:
 * looks, title and summary. No scripts, except those that an AMP page can't be drawn without.
 */
export const withheldPage = ({ source, tokens }: ParsedPage, runs?: WithheldRuns): WithheldPage => {
  const inHead = tokens.flatMap((token, index) =>
    token.kind === 'start' && token.place?.element.name === 'head'
      ? headElement(source, tokens, index, runs)
      : [],
  );
  const html = tokens.find((token) => token.kind === 'start' && token.name === 'html');
  const body = tokens.find((token) => token.kind === 'start' && token.name === 'body');
  const doctype = tokens.some(({ kind }) => kind === 'doctype') ? '<!doctype html>\n' : '';
  const open = `${doctype}${rebuilt('html', html, HTML_ATTRIBUTES)}\n<head>\n${inHead.join('\n')}\n</head>\n`;
  return {
    head: `${open}${rebuilt('body', body, BODY_ATTRIBUTES)}\n<main class="gatefold-withheld">\n`,
    tail: '\n</main>\n</body>\n</html>\n',
  };
};

const HTML_ATTRIBUTES = /^(?:lang|dir|class|amp|⚡|data-theme|data-color-scheme)$/;
const BODY_ATTRIBUTES = /^(?:dir|class)$/;
const META_ATTRIBUTES = /^(?:charset|name|property|content|media)$/;
const META_NAMES =
  /^(?:viewport|theme-color|color-scheme|referrer|robots|og:(?:type|url|image|site_name|locale)|twitter:(?:card|site|image))$/i;
const LINK_ATTRIBUTES =
  /^(?:rel|href|type|media|sizes|hreflang|crossorigin|integrity|referrerpolicy|as|color)$/;
const LINK_RELATIONS =
  /^(?:(?:alternate\s+)?stylesheet|(?:shortcut\s+)?icon|mask-icon|apple-touch-icon|manifest|canonical|alternate|preconnect|dns-prefetch)$/i;
const AMP_SCRIPT = /^https:\/\/cdn\.ampproject\.org\//;
const MAX_ATTRIBUTE_LENGTH = 2000;

const headElement = (
  source: string,
  tokens: readonly PageToken[],
  index: number,
  runs: WithheldRuns | undefined,
): string[] => {
  const token = tokens[index] as StartToken;
  switch (token.name) {
    case 'meta':
      return attributeOf(token, 'charset') !== '' ||
        META_NAMES.test(metaName(token)) ||
        isPublicSummary(token)
        ? [rebuilt('meta', token, META_ATTRIBUTES)]
        : [];
    case 'link':
      return LINK_RELATIONS.test(attributeOf(token, 'rel').trim())
        ? [rebuilt('link', token, LINK_ATTRIBUTES)]
        : [];
    case 'title': {
      const title = contentAfter(source, tokens, index);
      return title.length <= MAX_PUBLIC_SUMMARY ? [`<title>${title}</title>`] : [];
    }
    case 'style': {
      const style = contentAfter(source, tokens, index);
      const kept = runs === undefined || !carries(style, runs, SCRIPT_RUN);
      return kept ? [`${rebuilt('style', token, /^(?:media|amp-[a-z]+)$/)}${style}</style>`] : [];
    }
    case 'script':
      return AMP_SCRIPT.test(attributeOf(token, 'src'))
        ? [`${rebuilt('script', token, /^(?:async|src|custom-element|custom-template)$/)}</script>`]
        : [];
    default:
      return [];
  }
};

const metaName = (token: StartToken): string =>
  (attributeOf(token, 'property') || attributeOf(token, 'name')).trim();

const rebuilt = (name: string, token: PageToken | undefined, allowed: RegExp): string => {
  const attributes = token?.kind === 'start' ? token.attributes : [];
  const kept = attributes.filter(
    (attribute) =>
      allowed.test(attribute.name) &&
      attribute.value.length <= MAX_ATTRIBUTE_LENGTH &&
      !/^\s*data:/i.test(attribute.value),
  );
  return `<${[name, ...kept.map((attribute) => `${attribute.name}="${escaped(attribute.value)}"`)].join(' ')}>`;
};

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Raw, as far as the element really is closed: an open one would swallow what follows. */
const contentAfter = (source: string, tokens: readonly PageToken[], index: number): string => {
  const { start, end, next } = heldText(tokens, index);
  return next?.kind === 'end' && next.start === end ? source.slice(start, end) : '';
};
