/** What stands at an address, once it has been looked into. */
import type { Article } from '../article/article.ts';
import type { HeaderPairs, OriginFault } from '../origin/origin.ts';
import type { JsonSurvey } from '../preview/json-survey.ts';

export interface ArticlePage {
  readonly kind: 'article';
  readonly article: Article;
  /** How its text can be cut; `uncuttable`: only those who may read it all get it. */
  readonly form: ArticleForm;
  /** `first`: further pages of the article follow. `later`: one of those, and the preview ended before it. */
  readonly part?: 'first' | 'later';
  /** What its own page says of it couldn't be asked: nobody gets it for free. */
  readonly unjudged?: true;
  readonly status: number;
  /** The body as the origin sent it, with its content coding undone. */
  readonly raw: Buffer;
  readonly contentType: string;
  /** The origin's headers that say nothing about this very body. */
  readonly carried: HeaderPairs;
  readonly cacheControl: string | undefined;
  /** What else the origin says of keeping it (`Expires`, `Last-Modified`): goes on with what is everybody's, as it came. */
  readonly keeping?: HeaderPairs;
  /** What the origin's answer depends on, as it says; an open article is passed on with it. */
  readonly vary?: string | undefined;
  /** Which copy of it, where it was asked for with some of its readers' headers. */
  readonly variation?: string;
  /** One reader's alone, with the cookies that its answer set. */
  readonly own?: { readonly cookies: readonly string[] };
  /** Hash of `raw`: same content, same cut. */
  readonly hash: string;
}

/** What an origin says beside an error is nobody's read. */
export const isSuccess = ({ status }: Pick<ArticlePage, 'status'>): boolean => status >= 200 && status < 300;

export type ArticleForm =
  | { readonly kind: 'html'; readonly text: string }
  | {
      readonly kind: 'json';
      readonly json: string;
      /** What it is sent in: JSONP and its like. */
      readonly before: string;
      readonly after: string;
      readonly pointers: readonly string[];
    }
  | { readonly kind: 'uncuttable' };

/** Many articles in one document: each of its entries is decided by itself. */
export interface Feed {
  readonly kind: 'feed';
  readonly text: string;
  /** It is a list as JSON, by the policy's pointers. */
  readonly list?: JsonList;
  readonly status: number;
  readonly contentType: string;
  readonly carried: HeaderPairs;
  readonly raw: Buffer;
}

export interface JsonList {
  /** What it is sent in, as with an article's. */
  readonly before: string;
  readonly json: string;
  readonly after: string;
  readonly pointers: readonly string[];
  readonly survey: JsonSurvey;
  /** The article whose form the document is as a whole: what stands in no entry of its own is this one's. */
  readonly own?: EntryArticle;
}

export type EntryArticle = Pick<ArticlePage, 'kind' | 'article' | 'part' | 'unjudged'>;

/** Looked into and found to be no article: sent on as it came. */
export interface PlainPage {
  readonly kind: 'plain';
  readonly status: number;
  readonly headers: HeaderPairs;
  readonly body: Buffer;
}

export interface Unavailable {
  readonly kind: 'unavailable';
  /** `unreadable`: reading it took too long, or too much memory. `busy`: too much waits to be read already. */
  readonly fault: OriginFault | 'too-large' | 'unreadable' | 'busy';
  readonly detail: string;
}

export type Found = ArticlePage | Feed | PlainPage | Unavailable;
