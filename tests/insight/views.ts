/** Logged views for tests, with everything filled in that a test doesn't care about. */
import type { ArticleId } from '../../src/article/article.ts';
import type { MeterStanding } from '../../src/gate/decision.ts';
import type { HeldProduct, LoggedView, NetworkKey, ReaderKey } from '../../src/insight/logged-view.ts';
import type { MeterId, PolicyVersion, ProductId } from '../../src/policy/policy.ts';
import { dayMs, noon } from '../support/start-gateway.ts';

interface Parts extends Partial<Omit<LoggedView, 'article' | 'held' | 'reader' | 'network'>> {
  readonly article?: string;
  readonly section?: string;
  readonly reader?: string;
  readonly network?: string;
  readonly held?: readonly string[];
}

/** A visitor's free read of the meter `main`. */
export const aView = ({
  article = '/story',
  section,
  reader = 'anna',
  network,
  held = [],
  ...parts
}: Parts = {}): LoggedView => ({
  at: noon,
  article: {
    id: article as ArticleId,
    path: article,
    publication: '',
    tags: [],
    authors: [],
    language: 'en',
    ...(section === undefined ? {} : { section }),
  },
  reader: reader as ReaderKey,
  audience: 'visitor',
  held: held.map(
    (product): HeldProduct => ({
      product: product as ProductId,
      source: 'subscription',
      endsAt: Math.ceil((noon + 30 * dayMs) / dayMs) * dayMs,
    }),
  ),
  purpose: 'read',
  rule: 'otherwise',
  outcome: 'full',
  reason: 'free-read',
  policyVersion: 'v1' as PolicyVersion,
  weight: 1,
  ...(network === undefined ? {} : { network: network as NetworkKey }),
  ...parts,
});

/** What a reader of November 2026 has left of the meter `main`, once the view is over. */
export const metered = (of: number, left: number): MeterStanding => ({
  meter: 'main' as MeterId,
  left,
  of,
  resetsAt: Date.UTC(2026, 11, 1),
});
