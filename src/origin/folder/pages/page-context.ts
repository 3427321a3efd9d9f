/** What every page is made from. */
import type { Article } from '../../../article/article.ts';
import type { Library } from '../library.ts';
import type { Stylesheet } from '../style/stylesheet.ts';

export interface PageContext {
  readonly library: Library;
  /** Without a trailing slash. */
  readonly siteUrl: string;
  readonly excerptOf: (article: Article, text: string) => string;
  readonly stylesheet: Stylesheet;
}
