/** The console's first page: what is in force here, and whether what it stands on is well. */
import type { ReconcileProgress } from '../../billing/customer-store.ts';
import { driftKinds } from '../../billing/reconcile-report.ts';
import type { CountedDecisions } from '../../ops/metrics.ts';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import { SiteLink } from '../shell/site-link.tsx';

export interface OverviewFacts {
  /** `https://host[:port]`. */
  readonly address: string;
  /** The same: any script of the site's reaches the console. */
  readonly consoleAddress: string;
  readonly policy: {
    readonly version: string;
    /** As `gatefold check` prints them. */
    readonly warnings: readonly string[];
    /** Of a policy file that was changed into one that can't be used; as `gatefold check` prints them. */
    readonly faults: readonly string[];
  };
  readonly store: { readonly kind: StoreKind; readonly reachable: boolean };
  readonly stripe: StripeMode;
  readonly reconcile: LastReconcile;
  readonly learning: LearningStanding;
  readonly decisions: readonly CountedDecisions[];
  /** When this process began to count. */
  readonly startedAt: number;
  /** Mail is kept here and not sent. */
  readonly outbox: boolean;
}

export type StoreKind = 'sqlite' | 'redis' | 'redis-cluster' | 'redis-sentinel';

export type StripeMode = 'none' | 'sandbox' | 'test' | 'live';

export type LastReconcile =
  | { readonly kind: 'known'; readonly progress: ReconcileProgress }
  | { readonly kind: 'never' }
  /** The store couldn't be asked. */
  | { readonly kind: 'unknown' };

/** How far learning the site is, whichever instance does it. */
export type LearningStanding =
  | {
      readonly kind: 'known';
      /** Articles, and those together with the addresses where nobody was yet. */
      readonly known: number;
      readonly of: number;
      /** Addresses that could not be learnt in this round. */
      readonly failed: number;
      readonly startedAt: number;
      /** Absent: the round is under way. */
      readonly finishedAt?: number;
    }
  | { readonly kind: 'never' }
  /** By the policy, or because the site can't be asked. */
  | { readonly kind: 'off' }
  /** The store couldn't be asked. */
  | { readonly kind: 'unknown' };

export const renderOverviewPage = (frame: ConsoleFrame, facts: OverviewFacts): string =>
  renderConsolePage({ frame, place: '/-/console', children: <Overview frame={frame} facts={facts} /> });

interface Props {
  readonly frame: ConsoleFrame;
  readonly facts: OverviewFacts;
}

const Overview = ({ frame, facts }: Props) => (
  <>
    <PolicyPart policy={facts.policy} />
    <StandingPart frame={frame} facts={facts} />
    <DecisionsPart frame={frame} facts={facts} />
  </>
);

const PolicyPart = ({ policy: { version, warnings, faults } }: { policy: OverviewFacts['policy'] }) => (
  <section class="part" aria-labelledby="policy">
    <h2 id="policy">Policy</h2>
    <p>
      In force: version <code>{version}</code>.{' '}
      {warnings.length === 0 ? 'Nothing in it looks as if it were meant otherwise.' : ''}
    </p>
    {faults.length > 0 && (
      <>
        <h3 class="fault">The policy file was changed into one that can’t be used</h3>
        <p>What is in force stays so until the file is mended.</p>
        <Lines lines={faults} />
      </>
    )}
    {warnings.length > 0 && (
      <>
        <h3>{warnings.length === 1 ? 'One thing' : `${warnings.length} things`} to look at</h3>
        <Lines lines={warnings} />
      </>
    )}
  </section>
);

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul class="warned">
    {lines.map((line) => (
      <li key={line}>
        <pre>{line}</pre>
      </li>
    ))}
  </ul>
);

const StandingPart = ({ frame, facts }: Props) => (
  <section class="part" aria-labelledby="standing">
    <h2 id="standing">What it stands on</h2>
    <dl class="facts">
      <div>
        <dt>Site</dt>
        <dd>
          <SiteLink path="/">{facts.address}</SiteLink>
        </dd>
      </div>
      <div>
        <dt>Console</dt>
        <dd>
          {facts.consoleAddress === facts.address
            ? 'At the site’s address: any script in the site’s pages can do what you may. CONSOLE_URL gives it one of its own.'
            : facts.consoleAddress}
        </dd>
      </div>
      <div>
        <dt>Store</dt>
        <dd>
          {storeNames[facts.store.kind]}, {facts.store.reachable ? 'answers' : 'doesn’t answer'}
        </dd>
      </div>
      <div>
        <dt>Articles known</dt>
        <dd>
          <Learnt learning={facts.learning} frame={frame} />
        </dd>
      </div>
      <div>
        <dt>Stripe</dt>
        <dd>{stripeWords[facts.stripe]}</dd>
      </div>
      {facts.stripe !== 'none' && (
        <div>
          <dt>Last reconcile</dt>
          <dd>
            <Reconciled reconcile={facts.reconcile} frame={frame} />
          </dd>
        </div>
      )}
      {facts.outbox && (
        <div>
          <dt>Mail</dt>
          <dd>
            Not sent, but kept in the <a href="/-/outbox">outbox</a>.
          </dd>
        </div>
      )}
    </dl>
  </section>
);

const storeNames: Readonly<Record<StoreKind, string>> = {
  sqlite: 'Embedded (SQLite)',
  redis: 'Redis',
  'redis-cluster': 'Redis Cluster',
  'redis-sentinel': 'Redis with Sentinels',
};

const stripeWords: Readonly<Record<StripeMode, string>> = {
  none: 'Nothing is sold here.',
  sandbox: 'The offline sandbox: no money moves.',
  test: 'Test mode: no money moves.',
  live: 'Live mode.',
};

const Learnt = ({ learning, frame: { timeZone } }: { learning: LearningStanding; frame: ConsoleFrame }) => {
  if (learning.kind === 'off') return <>Those that readers ask for: the site isn’t learnt ahead.</>;
  if (learning.kind === 'never') return <>None yet: the site is about to be learnt.</>;
  if (learning.kind === 'unknown') return <>Not known: the store couldn’t be asked.</>;
  const { known, of, failed, startedAt, finishedAt } = learning;
  return (
    <>
      {whole(known)} of {whole(of)} articles known.{' '}
      {finishedAt === undefined ? (
        <>
          Being learnt since <Moment at={startedAt} timeZone={timeZone} />.
        </>
      ) : (
        <>
          Last looked at <Moment at={finishedAt} timeZone={timeZone} />.
        </>
      )}
      {failed > 0 && ` ${counted(failed, 'address', 'addresses')} couldn’t be learnt.`}
    </>
  );
};

const Reconciled = ({ reconcile, frame }: { reconcile: LastReconcile; frame: ConsoleFrame }) => {
  if (reconcile.kind === 'never') return <>None yet.</>;
  if (reconcile.kind === 'unknown') return <>Not known: the store couldn’t be asked.</>;
  const { phase, startedAt, finishedAt = startedAt, counts, failed = [] } = reconcile.progress;
  const { timeZone } = frame;
  const { differing = 0, checked = 0 } = counts;
  return (
    <>
      {phase === 'done' ? (
        <>
          <Moment at={finishedAt} timeZone={timeZone} />: {counted(checked, 'subscription')} compared.{' '}
        </>
      ) : (
        <>
          Begun <Moment at={startedAt} timeZone={timeZone} />, not at its end:{' '}
          {counted(checked, 'subscription')} compared so far.{' '}
        </>
      )}
      {differing === 0
        ? 'Nothing differed.'
        : `${counted(differing, 'customer')} differed: ${drift(counts)}.`}
      {failed.length > 0 && ` ${counted(failed.length, 'customer')} couldn’t be read.`}
    </>
  );
};

const drift = (counts: ReconcileProgress['counts']): string =>
  driftKinds
    .filter((kind) => (counts[kind] ?? 0) > 0)
    .map((kind) => `${whole(counts[kind] ?? 0)} ${kind.replaceAll('-', ' ')}`)
    .join(', ');

const DecisionsPart = ({ frame, facts: { decisions, startedAt } }: Props) => (
  <section class="part" aria-labelledby="decisions">
    <h2 id="decisions">Article views decided</h2>
    {decisions.length === 0 ? (
      <p>
        None yet since <Moment at={startedAt} timeZone={frame.timeZone} />, by this instance.
      </p>
    ) : (
      <table>
        <caption>
          By this instance, since it started: <Moment at={startedAt} timeZone={frame.timeZone} />
        </caption>
        <thead>
          <tr>
            <th scope="col">Sent</th>
            <th scope="col">Why</th>
            <th scope="col" class="count">
              Views
            </th>
          </tr>
        </thead>
        <tbody>
          {decisions.map(({ outcome, reason, count }) => (
            <tr key={`${outcome} ${reason}`}>
              <td>{outcome === 'full' ? 'Whole' : 'Preview'}</td>
              <td>
                <code>{reason}</code>
              </td>
              <td class="count">{whole(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);

const whole = (count: number): string => count.toLocaleString('en-GB');

const counted = (count: number, one: string, several = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : several}`;
