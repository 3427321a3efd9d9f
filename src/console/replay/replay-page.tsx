/** What a draft would change: which policies to compare, how far the replay is, and what it came to. */

import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { SiteLink } from '../shell/site-link.tsx';
import type { ReplayFacts } from './replay-facts.ts';
import type { ReplayState } from './replay-jobs.ts';
import { ReplayResult } from './replay-result.tsx';
import type { Side } from './replay-sides.ts';
import { counted, sideInWords, whole } from './replay-words.ts';

export const renderReplayPage = (frame: ConsoleFrame, facts: ReplayFacts): string => {
  const { state, addresses, fault } = facts;
  const running = state?.kind === 'running';
  return renderConsolePage({
    frame,
    place: '/-/console/replay',
    fault,
    scripts: ['replay.js'],
    refresh: running ? { seconds: 2, to: addresses.page } : undefined,
    children: (
      <>
        <Lead facts={facts} />
        {facts.logged === 0 ? <NothingLogged /> : <Choice frame={frame} facts={facts} />}
        {running && <Running state={state} facts={facts} />}
        {state?.kind === 'done' && <ReplayResult frame={frame} facts={facts} done={state} />}
      </>
    ),
  });
};

const Lead = ({ facts: { hasDraft } }: { facts: ReplayFacts }) => (
  <p class="replay-lead">
    The decision log remembers the last views of articles, without names. Here they are decided once more, by
    another policy: who would be stopped, and who not. Nothing is changed by it, and readers notice nothing.
    {!hasDraft && (
      <>
        {' '}
        There is no draft at the moment: change something under <a href="/-/console/limits">Metered limits</a>{' '}
        or <a href="/-/console/rules">Rules</a> and come back, or compare two versions.
      </>
    )}
  </p>
);

const NothingLogged = () => (
  <section class="part" aria-labelledby="nothing">
    <h2 id="nothing">The log is empty</h2>
    <p>
      Nobody has looked at an article yet. Open a few articles <SiteLink path="/">on the site</SiteLink> as a
      reader would, wait a few seconds, and come back.
    </p>
  </section>
);

const Choice = ({ frame, facts }: { frame: ConsoleFrame; facts: ReplayFacts }) => (
  <section class="part" aria-labelledby="choice">
    <h2 id="choice">What is compared</h2>
    <form class="line" method="get" action="/-/console/replay">
      <SideField
        name="policy"
        label="If readers met"
        chosen={facts.asked.policy}
        frame={frame}
        facts={facts}
      />
      <SideField
        name="against"
        label="Compared with"
        chosen={facts.asked.against}
        frame={frame}
        facts={facts}
      />
      <input type="hidden" name="since" value={facts.now} />
      <button class="button small" type="submit" name="run" value="1">
        Run {facts.state?.kind === 'done' ? 'again' : 'the replay'}
      </button>
    </form>
    <p class="hint">
      The log holds {counted(facts.logged, 'view')}. Replaying {whole(100_000)} takes some seconds.
    </p>
  </section>
);

interface SideFieldProps {
  readonly name: 'policy' | 'against';
  readonly label: string;
  readonly chosen: Side;
  readonly frame: ConsoleFrame;
  readonly facts: ReplayFacts;
}

const SideField = ({ name, label, chosen, frame, facts }: SideFieldProps) => {
  const { hasDraft, published, versions } = facts;
  const older = versions.filter(({ number }) => number !== published.number);
  const isListed = typeof chosen !== 'number' || older.some(({ number }) => number === chosen);
  return (
    <div class="field">
      <label for={`side-${name}`}>{label}</label>
      <select id={`side-${name}`} name={name}>
        {hasDraft && (
          <option value="draft" selected={chosen === 'draft'}>
            The draft
          </option>
        )}
        <option value="published" selected={chosen === 'published'}>
          What is in force: version {published.number}
        </option>
        {!isListed && (
          <option value={String(chosen)} selected>
            Version {chosen}
          </option>
        )}
        {older.map(({ number, publishedAt }) => (
          <option key={number} value={number} selected={chosen === number}>
            Version {number}, in force from {momentText(publishedAt, frame.timeZone)}
          </option>
        ))}
      </select>
    </div>
  );
};

/** An option holds text alone. */
const momentText = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);

const Running = ({
  state: { done, total },
  facts,
}: {
  state: Extract<ReplayState, { kind: 'running' }>;
  facts: ReplayFacts;
}) => (
  <section class="part" aria-labelledby="running" data-replay={facts.addresses.progress}>
    <h2 id="running">Replaying</h2>
    <label for="bar">
      The log, by {sideInWords(facts.asked.policy)} and by {sideInWords(facts.asked.against)}
    </label>
    <progress id="bar" class="replay-bar" value={done} max={Math.max(1, total)} />
    <p class="hint">
      <span data-replay-done>{whole(done)}</span> of {counted(total, 'view')}.{' '}
      <a href={facts.addresses.page}>Look again</a>
    </p>
    <p class="replay-told" role="status" data-replay-told />
  </section>
);
