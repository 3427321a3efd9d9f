/** The article at an address, for whoever needs its facts and not its bytes: access API, explain, the console. */
import { articleByPath } from './article-by-path.ts';
import type { ArticlePage, Feed, Unavailable } from './found.ts';
import type { LookAt } from './look-up.ts';
import type { PageBehind } from './page-behind.ts';
import type { PolicyInForce } from './policy-in-force.ts';

/** Undefined: no article stands there. A feed is told of only where its entries are cut. `target` and `path` are canonical. */
export type Locate = (
  target: string,
  path: string,
  rules: PolicyInForce,
) => Promise<ArticlePage | Feed | Unavailable | undefined>;

interface Dependencies {
  readonly lookAt: LookAt;
  readonly pageBehind: PageBehind;
}

export const createLocate =
  ({ lookAt, pageBehind }: Dependencies): Locate =>
  async (target, path, rules) => {
    const standing = await lookAt({ target, path }, rules, 0);
    switch (standing.kind) {
      case 'article':
      case 'feed':
      case 'unavailable':
        return standing;
      case 'form': {
        const page = await pageBehind({ target, path, hops: 0, askedAsPage: true }, rules);
        if (page?.kind === 'article') return { ...uncuttableAt(target, path, rules), article: page.article };
        return standing.certain ? (page ?? uncuttableAt(target, path, rules)) : undefined;
      }
      case 'redirect':
      case 'plain':
      case 'unknown':
      case 'unseen':
        return undefined;
      default:
        return standing satisfies never;
    }
  };

/** Its address says that it is an article; that is enough to decide, and nothing of it can be sent by mistake. */
export const uncuttableAt = (target: string, path: string, rules: PolicyInForce): ArticlePage => ({
  kind: 'article',
  article: articleByPath({ target, path }, rules),
  form: { kind: 'uncuttable' },
  status: 200,
  raw: Buffer.alloc(0),
  contentType: 'text/html',
  carried: [],
  cacheControl: undefined,
  hash: target,
});
