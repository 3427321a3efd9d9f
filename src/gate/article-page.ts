/** A found article, put together from the response that it came in. */
import type { ReturnHeaders } from '../origin/return-headers.ts';
import { carriedHeaders } from './carried-headers.ts';
import type { ArticleForm, ArticlePage } from './found.ts';
import type { Look } from './look.ts';
import type { Source } from './page-tasks.ts';
import { joinedValues } from './treatment.ts';

/** @param text what the page's bytes say, in the encoding that its type names */
export const sourceOf = (
  { hash, contentType }: Pick<ArticlePage, 'hash' | 'contentType'>,
  text: string,
): Source => ({ text, key: `${hash}\n${contentType}` });

export const articlePage = (
  { head, raw, hash, contentType }: Look,
  form: ArticleForm,
  { article, part, unjudged }: Pick<ArticlePage, 'article' | 'part' | 'unjudged'>,
  giveBack: ReturnHeaders,
): ArticlePage => ({
  kind: 'article',
  article,
  form,
  ...(part ? { part } : {}),
  ...(unjudged ? { unjudged } : {}),
  status: head.status,
  raw,
  contentType,
  carried: carriedHeaders(head.headers, giveBack),
  cacheControl: joinedValues(head.headers, 'cache-control'),
  keeping: head.headers.filter(([name]) => /^(?:expires|last-modified)$/i.test(name)),
  vary: joinedValues(head.headers, 'vary'),
  hash,
});
