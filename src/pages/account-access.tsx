/** What a reader may read, until when, and why. */
import type { Source } from '../entitlements/entitlement.ts';
import type { Messages } from './messages/create-messages.ts';

export interface AccountEntitlement {
  readonly productName: string;
  readonly source: Source;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly paymentDue?: true;
}

interface Props {
  readonly entitlements: readonly AccountEntitlement[];
  readonly now: number;
  readonly messages: Messages;
}

export const Access = ({ entitlements, now, messages }: Props) => (
  <section class="stack" aria-labelledby="access">
    <h2 id="access">{messages.text('account.access')}</h2>
    {entitlements.length === 0 ? (
      <>
        <p>{messages.text('account.access.none')}</p>
        <a class="button" href="/-/subscribe">
          {messages.text('account.subscribe')}
        </a>
      </>
    ) : (
      <ul class="rows">
        {entitlements.map((entitlement) => (
          <li>
            <div>
              <b>{entitlement.productName}</b>
              <small>{accessWords(entitlement, now, messages)}</small>
            </div>
          </li>
        ))}
      </ul>
    )}
  </section>
);

const accessWords = (entitlement: AccountEntitlement, now: number, messages: Messages): string => {
  const source = messages.text(`account.source.${entitlement.source}`);
  const until = timeOf(entitlement, now, messages);
  return until === undefined ? source : `${until} · ${source}`;
};

/** An entitlement ends just before `endsAt`: one that ends at midnight is named by its last day. */
const timeOf = (
  { source, startsAt, endsAt, paymentDue }: AccountEntitlement,
  now: number,
  messages: Messages,
): string | undefined => {
  // It is renewed, and its own row says when: a date here would look like an end.
  if (source === 'subscription' && !paymentDue) return undefined;
  const date = messages.date(endsAt - 1);
  if (startsAt <= now) return messages.text('account.until', { date });
  return messages.text('account.fromUntil', { from: messages.date(startsAt), date });
};
