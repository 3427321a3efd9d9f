/** One reader: rights with their sources, Stripe's word beside ours, browsers, free reads, and what can be done about each. */

import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import { CompFields } from './reader-comp.tsx';
import { ReaderDevices } from './reader-devices.tsx';
import type { ReaderFacts } from './reader-facts.ts';
import { ReaderHoldings } from './reader-holdings.tsx';
import { ReaderReads } from './reader-reads.tsx';
import type { ReaderSheet } from './reader-sheet.ts';
import { ReaderStripe } from './reader-stripe.tsx';

export const renderReaderPage = (frame: ConsoleFrame, facts: ReaderFacts): string => {
  const { sheet } = facts;
  return renderConsolePage({
    frame,
    place: '/-/console/readers',
    title: sheet.reader.email ?? 'A reader without an address',
    notice: facts.notice,
    fault: facts.fault,
    children: (
      <>
        <p class="rd-up">
          <a href="/-/console/readers">All readers</a>
        </p>
        <WhoIsIt frame={frame} sheet={sheet} />
        <ReaderHoldings frame={frame} facts={facts} />
        {facts.mayChange && <CompToReader facts={facts} />}
        {(facts.sells || sheet.customers.length > 0) && <ReaderStripe frame={frame} facts={facts} />}
        <ReaderDevices frame={frame} facts={facts} />
        <ReaderReads frame={frame} sheet={sheet} />
      </>
    ),
  });
};

export const renderNoReaderPage = (frame: ConsoleFrame): string =>
  renderConsolePage({
    frame,
    place: '/-/console/readers',
    title: 'No such reader',
    children: (
      <p class="part">
        Nobody has that number: it was mistyped, or the reader was erased.{' '}
        <a href="/-/console/readers">All readers</a>
      </p>
    ),
  });

const WhoIsIt = ({ frame, sheet: { reader } }: { frame: ConsoleFrame; sheet: ReaderSheet }) => {
  const number = `reader.${reader.id}`;
  const asked = new URLSearchParams({ number }).toString();
  return (
    <section class="part" aria-labelledby="who">
      <h2 id="who">Who this is</h2>
      <dl class="facts">
        <div>
          <dt>Number</dt>
          <dd>
            <code>{number}</code>
          </dd>
        </div>
        <div>
          <dt>Address</dt>
          <dd>
            {reader.email === undefined ? (
              'None confirmed: known by the browser that paid'
            ) : (
              <bdi>{reader.email}</bdi>
            )}
          </dd>
        </div>
        <div>
          <dt>Reader since</dt>
          <dd>
            <Moment at={reader.createdAt} timeZone={frame.timeZone} />
          </dd>
        </div>
      </dl>
      <nav class="pages" aria-label="This reader elsewhere">
        <a href={`/-/console/explain?${asked}`}>Explain an article for this reader</a>
        <a href={`/-/console/see?${asked}`}>See the site as this reader</a>
      </nav>
    </section>
  );
};

const CompToReader = ({ facts: { sheet, products, today, typed } }: { facts: ReaderFacts }) => (
  <section class="part" aria-labelledby="comp">
    <h2 id="comp">Give a comp</h2>
    <p class="hint">One for each product: given again, it ends on the new day.</p>
    <form class="line rd-comp" method="post" action={`/-/console/readers/${sheet.reader.id}/comp`}>
      <CompFields products={products} today={today} typed={typed} />
    </form>
    {typed && (
      <p class="fault" id="comp-fault">
        {typed.fault}
      </p>
    )}
  </section>
);
