/** What the cutoffs' page and its calls show: the cutoffs of the draft beside those in force, and the articles to try them on. */
import type { Catalogue } from '../../gate/catalogue.ts';
import type { SeeAs } from '../../gate/see-as.ts';
import type { Clock } from '../../ops/clock.ts';
import type { DeskView, DeskViewer } from '../draft/desk-view.ts';
import { createLookAtCut, type LookAtCut } from './look-at-cut.ts';
import { createMeasureCut } from './measure-cut.ts';
import {
  type CutoffPlace,
  createWrittenCutoffs,
  governedBy,
  type WrittenCutoffs,
} from './written-cutoffs.ts';

export interface CutoffsOptions {
  readonly seeAs: SeeAs;
  readonly catalogue: Pick<Catalogue, 'newest'>;
  /** What an address of this site may name. */
  readonly hosts: readonly string[];
  /** The readers' time. */
  readonly readersClock: Clock;
}

export interface CutoffsView {
  readonly desk: DeskView;
  /** `inForce` without a draft, and where the draft has faults. */
  readonly of: 'draft' | 'inForce';
  readonly cutoffs: WrittenCutoffs;
  readonly inForce: WrittenCutoffs;
  /** The newest articles that the gate knows and not everybody reads whole. */
  readonly articles: readonly KnownArticle[];
}

export interface KnownArticle {
  readonly address: string;
  readonly title: string;
  /** Which applies to it. */
  readonly rule: string;
  /** Whose cutoff it is cut at. */
  readonly governing: CutoffPlace;
}

/** True: a cutoff saved there is the one that the article is cut at. */
export const followsCutoff = ({ rule, governing }: KnownArticle, place: CutoffPlace): boolean =>
  place === undefined ? governing === undefined : rule === place;

export interface Cutoffs {
  view(): Promise<CutoffsView>;
  readonly look: LookAtCut;
}

/** As many as a list is still chosen from. */
const knownArticles = 200;

export const createCutoffs = (options: CutoffsOptions & { readonly desk: DeskViewer }): Cutoffs => {
  const { desk, seeAs, catalogue, hosts, readersClock } = options;
  const cutoffsOf = createWrittenCutoffs();
  return {
    look: createLookAtCut({
      desk,
      seeAs,
      hosts,
      clock: readersClock,
      cutoffsOf,
      measure: createMeasureCut(),
    }),
    view: async () => {
      const now = readersClock();
      const seen = await desk.view();
      const { working, published } = seen;
      const { policy: inForce } = published;
      if (inForce === undefined) throw new Error('The policy in force has faults.');
      const drafted = working.policy && { text: working.text, policy: working.policy, rules: working.rules };
      const shown = drafted ?? { text: published.text, policy: inForce, rules: published.rules };
      const cutoffs = cutoffsOf(shown.text, shown.policy);
      return {
        desk: seen,
        of: drafted && working.draft ? 'draft' : 'inForce',
        cutoffs,
        inForce: cutoffsOf(published.text, inForce),
        articles: catalogue.newest(knownArticles).flatMap(({ article }): KnownArticle[] => {
          const match = shown.rules?.matcher.match(article, now);
          if (match === undefined || match.outcome.access === 'open') return [];
          return [
            {
              address: article.id,
              title: article.title,
              rule: match.rule,
              governing: governedBy(cutoffs, match.rule),
            },
          ];
        }),
      };
    },
  };
};
