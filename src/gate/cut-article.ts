/** Cuts each article once for its content and cutoff, and keeps the cut; what it reads on the way fills the catalogue. */
import { LRUCache } from 'lru-cache';
import { andThen } from '../ops/soon.ts';
import { Unfinished } from '../ops/threads.ts';
import { isolatedStyleHashes } from '../pages/isolated-style.ts';
import { keepInPlaceHash } from '../pages/keep-in-place.ts';
import type { Policy, RuleOutcome } from '../policy/policy.ts';
import type { JsonCut } from '../preview/cut-json.ts';
import { sourceOf } from './article-page.ts';
import type { Catalogue } from './catalogue.ts';
import type { ArticleForm, ArticlePage } from './found.ts';
import type { MadeCut } from './page-tasks.ts';
import type { PageWork } from './page-work.ts';
import type { Cut, CutArticle } from './ruling.ts';

interface Options {
  readonly catalogue: Catalogue;
  readonly work: Pick<PageWork, 'cutPage' | 'cutJson'>;
  readonly maxBytes: number;
  /** Told of selectors that aren't CSS, or take too long. */
  readonly onUnusableSelectors: (selectors: readonly string[]) => void;
  /** Told of articles that took too long to cut, or too much memory. */
  readonly onUnfinished: (page: ArticlePage, why: Unfinished['why']) => void;
}

export const createCutArticle = (options: Options): CutArticle => {
  const { catalogue, work, maxBytes, onUnusableSelectors, onUnfinished } = options;
  const cutsIn = (bytes: number) =>
    new LRUCache<string, MadeCut>({ maxSize: bytes, sizeCalculation: sizeOf });
  const everybodys = cutsIn(maxBytes);
  // Readers' own pages would push out what is everybody's.
  const owns = cutsIn(maxBytes / 8);

  const pageCut = (
    page: ArticlePage,
    text: string,
    outcome: RuleOutcome,
    gated: boolean,
    policy: Policy,
  ): MadeCut | Promise<MadeCut> => {
    const wanted = {
      bodySelectors: policy.articles.body,
      cutoff: outcome.cutoff,
      structuredData: gated,
      styleHashes: isolatedStyleHashes,
      scriptHash: keepInPlaceHash,
      hydration: policy.preview.hydration,
    };
    const key = `${page.hash}${JSON.stringify(wanted)}`;
    const cuts = page.own ? owns : everybodys;
    const known = everybodys.get(key) ?? cuts.get(key);
    if (known) return known;
    return andThen(work.cutPage({ source: sourceOf(page, text), options: wanted }), (made) => {
      // Of many who waited for one cut, the first keeps it.
      if (!cuts.has(key) && made.cut.unusableSelectors.length > 0)
        onUnusableSelectors(made.cut.unusableSelectors);
      cuts.set(key, made);
      return made;
    });
  };

  const learn = (
    { article, part, own, variation }: ArticlePage,
    { learnt }: MadeCut,
    open: boolean,
  ): void => {
    // A card shows how the article begins, and the same to everybody.
    if (!learnt || part === 'later' || own) return;
    if (variation !== undefined && catalogue.has(article.id)) return;
    const { minutes, excerpts } = learnt;
    catalogue.learn({ article, minutes, excerpt: open ? excerpts.full : excerpts.preview });
  };

  const jsonCut = (
    { json, before, after, pointers }: Extract<ArticleForm, { kind: 'json' }>,
    { cutoff }: RuleOutcome,
  ): JsonCut | 'uncuttable' | Promise<JsonCut | 'uncuttable'> =>
    andThen(work.cutJson({ json, pointers, cutoff }), (cut) =>
      cut === 'uncuttable' ? cut : { ...cut, json: before + cut.json + after },
    );

  const cut: CutArticle = (page, outcome, gated, policy) => {
    switch (page.form.kind) {
      case 'html':
        return andThen(pageCut(page, page.form.text, outcome, gated, policy), (made): Cut => {
          learn(page, made, outcome.access === 'open');
          return { form: 'html', page: made.cut };
        });
      case 'json':
        return andThen(jsonCut(page.form, outcome), (json): Cut => ({ form: 'json', json }));
      case 'uncuttable':
        return undefined;
      default:
        return page.form satisfies never;
    }
  };

  return (page, outcome, gated, policy) => {
    const made = cut(page, outcome, gated, policy);
    if (!(made instanceof Promise)) return made;
    return made.catch((error: unknown) => {
      // Whoever comes when too much waits already may come again; what can't be cut is withheld.
      if (!(error instanceof Unfinished) || error.why === 'overloaded') throw error;
      onUnfinished(page, error.why);
      return undefined;
    });
  };
};

const sizeOf = ({ cut }: MadeCut): number => {
  const { besideText } = cut;
  if (cut.kind === 'no-body')
    return (cut.page.head.length + cut.page.tail.length + besideText.length) * 2 + 1;
  const { full, preview, fullText, previewText } = cut.parts;
  const characters =
    full.head.length +
    (full.headAllowingStyle?.length ?? 0) +
    full.body.length +
    full.tail.length +
    (full.afterRoot?.length ?? 0) +
    preview.head.length +
    preview.tail.length;
  return (characters + fullText.length + previewText.length + besideText.length) * 2 + 1;
};
