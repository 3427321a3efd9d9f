/** The addresses of the same site that an answer names: in markup, feeds, maps, JSON, scripts and headers. */
import type { Answered } from '../support/raw-request.ts';

const patterns = [
  /(?:href|src|action|cite|poster|content|data-[a-z-]+)\s*=\s*["']([^"'\s]+)["']/gi,
  /<(?:loc|link|guid|comments|id|[a-z]+:commentRss)[^>]*>\s*([^<\s]+)\s*</gi,
  /"(https?:(?:\\?\/){2}[^"\s\\]+(?:\\\/[^"\s\\]*)*|\/[^"\s<>\\]*)"/g,
];

export const linksIn = ({ headers, body }: Answered, page: URL): readonly string[] => {
  const type = headers['content-type'] ?? 'text/html';
  const text = /html|xml|json|text|script|component/.test(type) ? body.toString('utf8') : '';
  const inHeaders = [...String(headers.link ?? '').matchAll(/<([^>]+)>/g)].map(([, link]) => link);
  const written = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, link]) => link));
  return [headers.location, ...inHeaders, ...written].flatMap((link) => ofThisSite(link, page) ?? []);
};

const ofThisSite = (link: string | undefined, page: URL): string | undefined => {
  const href = link?.replace(/&(?:amp|#0?38);/g, '&').replaceAll('\\/', '/');
  if (!href || !/^(?:[/.?]|https?:)/.test(href) || !URL.canParse(href, page)) return undefined;
  const { origin, pathname, search } = new URL(href, page);
  return origin === page.origin ? pathname + search : undefined;
};
