/** Stripe's word on a reader, as it was last read, beside what the reader holds here by it. */

import type { ConsoleFrame } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import { owedWords, ReaderCustomer } from './reader-customer.tsx';
import type { ReaderFacts } from './reader-facts.ts';
import { productName } from './readers-row.tsx';
import type { RightChange } from './resync.ts';

interface Props {
  readonly frame: ConsoleFrame;
  readonly facts: ReaderFacts;
}

export const ReaderStripe = ({ frame, facts }: Props) => {
  const { sheet, mayChange, sells, resynced } = facts;
  return (
    <section class="part" aria-labelledby="stripe">
      <h2 id="stripe">At Stripe</h2>
      {resynced && resynced.changes.length > 0 && (
        <WhatChanged resynced={resynced} frame={frame} facts={facts} />
      )}
      {sheet.customers.length === 0 && (
        <p>No customer at Stripe is this reader’s: nothing was bought here.</p>
      )}
      {sheet.customers.map((customer) => (
        <ReaderCustomer key={customer.id} customer={customer} frame={frame} facts={facts} />
      ))}
      {mayChange && sells && sheet.customers.length > 0 && (
        <form method="post" action={`/-/console/readers/${sheet.reader.id}/resync`}>
          <button class="button quiet small" type="submit">
            Read from Stripe again
          </button>
        </form>
      )}
    </section>
  );
};

const WhatChanged = ({
  resynced: { changes },
  frame,
  facts,
}: Props & { readonly resynced: NonNullable<ReaderFacts['resynced']> }) => {
  return (
    <div class="note">
      <p>This was not in step with Stripe, and is now:</p>
      <ul>
        {changes.map((change, place) => (
          <li key={place}>
            <Change change={change} frame={frame} facts={facts} />
          </li>
        ))}
      </ul>
    </div>
  );
};

const Change = ({ change, frame: { timeZone }, facts }: Props & { readonly change: RightChange }) => {
  if (change.kind === 'moved')
    return (
      <>
        {productName(change.to.product, facts.products)}: until{' '}
        <Moment at={change.to.endsAt} timeZone={timeZone} />
        {owedWords(change.to)}, and not <Moment at={change.from.endsAt} timeZone={timeZone} />
        {owedWords(change.from)}
      </>
    );
  const { product, endsAt } = change.entitlement;
  return (
    <>
      {productName(product, facts.products)}: {change.kind === 'gained' ? 'let in' : 'no longer let in'},
      until <Moment at={endsAt} timeZone={timeZone} />
    </>
  );
};
