/** Fills the decision log of a site under test, and drafts policies for it. */
import { createDecisionLog } from '../../../src/insight/decision-log.ts';
import type { LoggedView } from '../../../src/insight/logged-view.ts';
import { randomText } from '../../../src/ops/random.ts';
import { policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import { aView, metered } from '../../insight/views.ts';
import { type RunningGateway, testPolicy } from '../../support/start-gateway.ts';

type Site = Pick<RunningGateway, 'gateway' | 'time'>;

export const logViews = async ({ gateway }: Site, views: readonly LoggedView[]): Promise<void> => {
  const log = createDecisionLog({
    store: gateway.stores.decisionLog,
    keepViews: () => 100_000,
    random: randomText,
    onTrouble: (error) => {
      throw error;
    },
  });
  for (let at = 0; at < views.length; at += 5000) {
    for (const view of views.slice(at, at + 5000)) log.record(view);
    await log.flush();
  }
};

/** Reader n reads n articles, three of which are free. */
export const someReaders = (site: Site, readers: number, section = 'World'): readonly LoggedView[] =>
  Array.from({ length: readers }, (_, reader) =>
    Array.from({ length: reader + 1 }, (_, article) => ({
      ...aView({
        at: site.time.now - 86_400_000 + article * 60_000 + reader,
        article: `/tidewater/story-${article}`,
        section,
        reader: `reader-${reader}`,
        outcome: article < 3 ? 'full' : 'preview',
        reason: article < 3 ? 'free-read' : 'meter-exhausted',
        standing: metered(3, Math.max(0, 2 - article)),
      }),
    })),
  )
    .flat()
    .toSorted((one, other) => one.at - other.at);

/** The test policy, with another allowance. */
export const policyWith = (visitor: number): string =>
  testPolicy.replace('visitor: 3', `visitor: ${visitor}`);

export const versionsOf = ({ gateway, time }: Site) =>
  policyVersions({ store: gateway.stores.versions, clock: () => time.now });

export const draft = async (site: Site, text: string): Promise<void> => {
  const versions = versionsOf(site);
  const desk = await versions.desk();
  const saved = await versions.saveDraft({
    text,
    basedOn: desk.newest?.number ?? 1,
    revision: desk.draft.revision,
    author: 'test',
  });
  if (saved.kind !== 'saved') throw new Error(saved.kind);
};
