/** Which article a JSON document is a form of, by the address that it states for itself. */

import type { ArticleId } from '../article/article.ts';
import { articleIdOf } from '../article/article-id.ts';
import { type CanonicalTarget, canonicalTarget } from '../origin/canonical-target.ts';

/** Names that content systems give an article's own address. */
const addressFields = ['url', 'link', 'canonical_url', 'canonicalUrl', 'permalink', 'html_url', 'webUrl'];

/** Undefined when it states none on this site: the document then stands for itself. */
export const statedAddress = (json: string, hosts: readonly string[]): ArticleId | undefined => {
  for (const candidate of candidates(json)) {
    const parsed = URL.canParse(candidate) ? new URL(candidate) : undefined;
    if (parsed && !hosts.includes(parsed.host)) continue;
    const canonical: CanonicalTarget = canonicalTarget(parsed ? parsed.pathname + parsed.search : candidate);
    if (canonical.kind === 'ok' && canonical.path !== '/')
      return articleIdOf({ target: canonical.target, hosts });
  }
  return undefined;
};

const candidates = (json: string): readonly string[] => {
  const document = parsed(json);
  const places = [document, nested(document, 'data'), nested(document, 'article'), nested(document, 'post')];
  return places.flatMap((place) =>
    addressFields.flatMap((field) => {
      const value = nested(place, field);
      return typeof value === 'string' && /^(\/(?!\/)|https?:\/\/)/.test(value) ? [value] : [];
    }),
  );
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

const nested = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, field)
    ? (value as Record<string, unknown>)[field]
    : undefined;
