/** The readers of the site, some at a time: searched, filtered, and given a comp by address. */

import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { type ListPlace, listAddress } from './list-place.ts';
import { CompFields, faultAt } from './reader-comp.tsx';
import type { ReadersFacts } from './readers-facts.ts';
import { ReaderRow } from './readers-row.tsx';
import { ReadersSearch } from './readers-search.tsx';

export const renderReadersPage = (frame: ConsoleFrame, facts: ReadersFacts): string =>
  renderConsolePage({
    frame,
    place: '/-/console/readers',
    notice: facts.notice,
    fault: facts.fault,
    children: (
      <>
        {facts.sells && (
          <p class="hint rd-up">
            Everything is compared with Stripe again and again:{' '}
            <a href="/-/console/readers/drift">what the last comparison found</a>
          </p>
        )}
        <ReadersSearch facts={facts} />
        {facts.mayGrant && <CompByAddress facts={facts} />}
        <List frame={frame} facts={facts} />
        {!facts.mayGrant && <p class="hint part">Editors and owners give comps and sign readers out.</p>}
      </>
    ),
  });

const List = ({ frame, facts }: { frame: ConsoleFrame; facts: ReadersFacts }) => {
  const { list, place } = facts;
  return (
    <section class="part" aria-labelledby="readers">
      <h2 id="readers">{headingOf(facts)}</h2>
      {list.gathering && (
        <p class="note">
          The list is being made for the first time, and some readers are still missing from it: look again in
          a moment.
        </p>
      )}
      {list.readers.length > 0 && (
        <>
          <p class="hint">
            In the order of their addresses. Whoever paid without confirming an address isn’t listed: search
            by the number at the foot of their pages, or by Stripe’s customer.{' '}
            <a href={listAddress(fromStart(place), '/-/console/readers.csv')}>All of these as CSV</a>
          </p>
          <ul class="rows rd-list">
            {list.readers.map((reader) => (
              <ReaderRow key={reader.id} reader={reader} facts={facts} timeZone={frame.timeZone} />
            ))}
          </ul>
        </>
      )}
      {list.readers.length === 0 && <p>{nobodyWords(facts)}</p>}
      <Onward facts={facts} />
    </section>
  );
};

const fromStart = ({ after: _, ...place }: ListPlace): ListPlace => place;

const headingOf = ({ place: { filter }, search, products }: ReadersFacts): string => {
  const product = products.find(({ id }) => id === filter.holds)?.name ?? filter.holds;
  const words = [
    filter.only === 'owed' ? 'Readers who owe money' : filter.only === 'comp' ? 'Readers with a comp' : '',
    product === undefined ? '' : `${filter.only === undefined ? 'Readers who hold' : 'for'} ${product}`,
    search === '' ? '' : `beginning with “${search}”`,
  ].filter((each) => each !== '');
  if (words.length === 0) return 'All readers';
  const text = words.join(', ');
  return filter.only === undefined && filter.holds === undefined ? `Readers ${text}` : text;
};

const nobodyWords = ({ list, place, search, products }: ReadersFacts): string => {
  if (list.next) return `Nobody among the ${number(list.lookedAt)} readers that were looked at.`;
  if (place.after !== undefined) return 'Nobody further.';
  if (search !== '')
    return `Nobody’s address begins with “${search}”, and no reader and no customer of Stripe’s has that number.`;
  if (place.filter.holds !== undefined || place.filter.only !== undefined) return 'Nobody at the moment.';
  return products.length === 0
    ? 'Nobody has signed in yet.'
    : 'Nobody has signed in yet. A comp can be given to any address all the same.';
};

const Onward = ({ facts: { list, place } }: { facts: ReadersFacts }) => {
  const filtering = place.filter.holds !== undefined || place.filter.only !== undefined;
  if (!list.next && place.after === undefined) return null;
  return (
    <nav class="pages" aria-label="Pages of the list">
      {place.after !== undefined && <a href={listAddress(fromStart(place))}>The first</a>}
      {list.next && (
        <a href={listAddress({ ...place, after: list.next.id })}>{filtering ? 'Go on looking' : 'Further'}</a>
      )}
      {filtering && list.next && (
        <span class="hint">{number(list.lookedAt)} readers were looked at for this page.</span>
      )}
    </nav>
  );
};

const CompByAddress = ({ facts: { typed, products, today } }: { facts: ReadersFacts }) => (
  <details class="hush rd-give" open={typed !== undefined}>
    <summary>Give a comp to an address</summary>
    <p class="hint">
      Also to somebody who has never been here: whoever confirms the address later reads at once. Nobody is
      written to.
    </p>
    <form class="line rd-comp" method="post" action="/-/console/readers/comp">
      <div class="field">
        <label for="comp-email">Email address</label>
        <input
          id="comp-email"
          name="email"
          type="email"
          required
          maxLength={254}
          autocomplete="off"
          value={typed?.email}
          {...faultAt(typed, 'email')}
        />
      </div>
      <CompFields products={products} today={today} typed={typed} />
    </form>
    {typed && (
      <p class="fault" id="comp-fault">
        {typed.fault}
      </p>
    )}
  </details>
);

const number = (amount: number): string => amount.toLocaleString('en');
