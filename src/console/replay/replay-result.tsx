/** What a replay came to: the sentence on top, the tables under it, and how far to trust them. */

import type { ConsoleFrame } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import type { ReplayFacts } from './replay-facts.ts';
import type { DoneReplay } from './replay-jobs.ts';
import { ReplayTables } from './replay-tables.tsx';
import { counted, replayInWords, turnInWords, whole } from './replay-words.ts';

interface Props {
  readonly frame: ConsoleFrame;
  readonly facts: Pick<ReplayFacts, 'asked' | 'addresses' | 'hasDraft'>;
  readonly done: DoneReplay;
}

export const ReplayResult = ({ frame, facts, done }: Props) => {
  const { asked, addresses } = facts;
  const { report } = done;
  return (
    <>
      <section class="part" aria-labelledby="came-to">
        <h2 id="came-to">What it came to</h2>
        {report.logged === 0 ? (
          <p>The log holds no view that a person made: there is nothing to compare yet.</p>
        ) : (
          <>
            <p class="replay-said">{replayInWords(report, asked)}</p>
            <p>{turnInWords(report, asked)}</p>
          </>
        )}
        <p class="actions">
          {asked.policy === 'draft' && (
            <a class="button small" href="/-/console/versions#draft">
              Review and publish
            </a>
          )}
          <a class="button quiet small" href={addresses.csv}>
            All of it as CSV
          </a>
        </p>
      </section>
      {report.logged > 0 && <ReplayTables report={report} asked={asked} />}
      <Trust frame={frame} done={done} />
    </>
  );
};

const Trust = ({ frame: { timeZone }, done }: { frame: ConsoleFrame; done: DoneReplay }) => {
  const { report, startedAt, unreadable } = done;
  const { from, until, logged, leftOut, estimated } = report;
  return (
    <section class="part" aria-labelledby="trust">
      <h2 id="trust">How far to trust it</h2>
      <ul class="replay-notes">
        <li>
          {counted(logged, 'view')} {logged === 1 ? 'was' : 'were'} replayed
          {from !== undefined && until !== undefined && (
            <>
              , from <Moment at={from} timeZone={timeZone} /> to <Moment at={until} timeZone={timeZone} />
            </>
          )}
          . What came after <Moment at={startedAt} timeZone={timeZone} /> isn’t among them.
        </li>
        {leftOut > 0 && (
          <li>
            {whole(leftOut)} more were left out: crawlers made them, or a browser that looked ahead and showed
            them to nobody.
          </li>
        )}
        {estimated && (
          <li>
            These are estimates: in busy moments only some readers are logged, with all their views, and each
            of them stands for several.
          </li>
        )}
        {unreadable > 0 && (
          <li>{counted(unreadable, 'piece')} of the log couldn’t be read: what stood there is missing.</li>
        )}
        <li>
          What a reader would have done after being stopped, nobody knows: this counts the views that were
          made, and nothing else.
        </li>
        <li>
          A reader is an account or a browser in one calendar month: whoever comes back in the next month, or
          by another browser, counts once more.
        </li>
        <li>
          Free reads from before the log began count as far as it tells of them; a metered limit that is new
          begins with none used.
        </li>
      </ul>
    </section>
  );
};
