/** What a reader may read, why, and until when; what is Gatefold's own can be taken back. */

import type { ConsoleFrame } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import type { ReaderFacts } from './reader-facts.ts';
import type { HeldEntitlement } from './reader-sheet.ts';
import { productName, sourceWords } from './readers-row.tsx';

interface Props {
  readonly frame: ConsoleFrame;
  readonly facts: ReaderFacts;
}

export const ReaderHoldings = ({ frame, facts }: Props) => {
  const { entitlements } = facts.sheet;
  return (
    <section class="part" aria-labelledby="rights">
      <h2 id="rights">What they may read</h2>
      {entitlements.length === 0 ? (
        <p>Holds nothing: reads as anybody with an account does.</p>
      ) : (
        <ul class="rows">
          {entitlements.map((each) => (
            <Holding key={each.id} each={each} frame={frame} facts={facts} />
          ))}
        </ul>
      )}
    </section>
  );
};

const Holding = ({ each, frame, facts }: Props & { readonly each: HeldEntitlement }) => {
  const { timeZone } = frame;
  const name = productName(each.product, facts.products);
  return (
    <li class={each.standing === 'ended' ? 'rd-over' : undefined}>
      <div>
        <b>{name}</b>
        <small>
          {sourceWords[each.source]}, {standingWords[each.standing]}
          {each.paymentDue && each.standing !== 'ended' && ', in the grace: money is owed'}
        </small>
        <small>
          <Moment at={each.startsAt} timeZone={timeZone} /> to <Moment at={each.endsAt} timeZone={timeZone} />
        </small>
        <small>
          <code>{each.id}</code>
        </small>
      </div>
      {facts.mayChange &&
        (each.ours ? <TakeBack each={each} name={name} facts={facts} /> : <CancelAtStripe />)}
    </li>
  );
};

const standingWords = { active: 'active', coming: 'not begun yet', ended: 'ended' } as const;

const TakeBack = ({ each, name, facts }: { each: HeldEntitlement; name: string; facts: ReaderFacts }) => (
  <details class="hush">
    <summary aria-label={`Take back ${name}`}>Take back</summary>
    <form method="post" action={`/-/console/readers/${facts.sheet.reader.id}/revoke`}>
      <p>From the next page on, the reader reads without it.</p>
      <input type="hidden" name="entitlement" value={each.id} />
      <button class="button small" type="submit" aria-label={`Yes, take back ${name}`}>
        Yes, take it back
      </button>
    </form>
  </details>
);

const CancelAtStripe = () => <small class="rd-aside">Follows from Stripe: cancel or refund it there.</small>;
