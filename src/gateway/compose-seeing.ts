/** Seeing a page as somebody else, put together from the gate's own rooms and caches that no reader is answered from. */
import type { LiveView } from '../entitlements/live-view.ts';
import type { Catalogue } from '../gate/catalogue.ts';
import { createCutArticle } from '../gate/cut-article.ts';
import type { ArticlePage } from '../gate/found.ts';
import type { Locate } from '../gate/locate.ts';
import { createLocateUnder, type LocateUnder } from '../gate/locate-under.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import type { FormOptions } from '../gate/ready-forms.ts';
import { createRulings } from '../gate/ruling.ts';
import { createSeeAs, type SeeAs } from '../gate/see-as.ts';
import { createStandpoints } from '../gate/seen-reader.ts';
import { hypotheticalReads } from '../insight/hypothetical-reads.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import type { Unfinished } from '../ops/threads.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import { composeFinding, type FindingOptions } from './compose-finding.ts';

const mebibyte = 1_048_576;
/** For each draft that is being looked at. */
const draftShelfBytes = 4 * mebibyte;
const cutsBytes = 8 * mebibyte;

interface Options {
  readonly catalogue: Catalogue;
  readonly form: FormOptions;
  readonly liveView: LiveView;
  readonly meters: MeterStore;
  readonly readers: Pick<ReaderStore, 'byEmail'>;
  readonly inForce: () => PolicyInForce;
  /** Where readers' own questions go. */
  readonly published: Locate;
  /** How the origin is asked. */
  readonly finding: Omit<FindingOptions, 'shelfBytes' | 'originCache' | 'onRead'>;
  readonly onUnfinished: (page: ArticlePage, why: Unfinished['why']) => void;
  readonly hosted: boolean;
}

interface Seeing {
  readonly seeAs: SeeAs;
  readonly forgetAll: LocateUnder['forgetAll'];
}

export const composeSeeing = (options: Options): Seeing => {
  const { catalogue, form, liveView, meters, readers, inForce, published, finding, onUnfinished, hosted } =
    options;
  const { locate, forgetAll } = createLocateUnder({
    inForce,
    published,
    apart: ({ policy }) =>
      composeFinding({
        ...finding,
        shelfBytes: draftShelfBytes,
        originCache: () => policy.originCache,
        onRead: () => undefined,
      }).locate,
  });
  const cut = createCutArticle({
    work: finding.work,
    onUnfinished,
    // What a draft gives away of an article is not what a card may show of it.
    catalogue: { ...catalogue, learn: () => undefined },
    maxBytes: cutsBytes,
    onUnusableSelectors: () => undefined,
  });
  const seeAs = createSeeAs({
    locate,
    rulingOf: createRulings(cut, form.cardsOnFull),
    standpointOf: createStandpoints({
      liveView,
      meters,
      metersAfter: (reads) => hypotheticalReads(meters, reads),
      readers,
    }),
    form,
    hosted,
  });
  return { seeAs, forgetAll };
};
