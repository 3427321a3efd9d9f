/** The free reads of a reader: of each metered limit, what was counted in the window that is open now. */

import type { ConsoleFrame } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import { SiteLink } from '../shell/site-link.tsx';
import type { MeterSheet, ReaderSheet } from './reader-sheet.ts';

interface Props {
  readonly frame: ConsoleFrame;
  readonly sheet: ReaderSheet;
}

export const ReaderReads = ({ frame, sheet }: Props) => (
  <section class="part" aria-labelledby="reads">
    <h2 id="reads">Free reads</h2>
    {sheet.meters.length === 0 && <p>There are no metered limits.</p>}
    {sheet.meters.map((each) => (
      <Reading key={each.meter.id} each={each} timeZone={frame.timeZone} />
    ))}
  </section>
);

const Reading = ({ each: { meter, window, reads }, timeZone }: { each: MeterSheet; timeZone: string }) => (
  <div class="rd-reads">
    <h3>{meter.id}</h3>
    <p>
      {meter.on
        ? `${reads.length} of ${meter.allowance.registered} read`
        : `Turned off: nobody reads for free by it. ${reads.length} were read`}
      {window.kind === 'calendar' ? (
        <>
          {' '}
          since <Moment at={window.startsAt} timeZone={timeZone} />; it begins anew on{' '}
          <Moment at={window.endsAt} timeZone={timeZone} />
        </>
      ) : (
        ` in the last ${window.lengthMs / 86_400_000} days; each comes back that long after it was read`
      )}
      .
    </p>
    {reads.length > 0 && (
      <ol class="told">
        {reads.map(({ article, readAt }) => (
          <li key={article}>
            <Moment at={readAt} timeZone={timeZone} />
            {article.startsWith('/') ? <SiteLink path={article}>{article}</SiteLink> : article}
          </li>
        ))}
      </ol>
    )}
  </div>
);
