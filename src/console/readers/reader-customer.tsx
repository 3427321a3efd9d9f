/** One customer of Stripe's: what was bought, and what Stripe's word gives beside what the reader holds by it. */
import type { Entitlement } from '../../entitlements/entitlement.ts';
import type { ConsoleFrame } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import type { ReaderFacts } from './reader-facts.ts';
import type { CustomerSheet } from './reader-sheet.ts';
import { productName } from './readers-row.tsx';

interface CustomerProps {
  readonly customer: CustomerSheet;
  readonly frame: ConsoleFrame;
  readonly facts: ReaderFacts;
}

export const ReaderCustomer = ({ customer, frame, facts }: CustomerProps) => {
  const { id, state, readAt } = customer;
  const address = facts.dashboard && `${facts.dashboard}/${encodeURIComponent(id)}`;
  return (
    <div class="rd-customer">
      <h3>
        Customer <code>{id}</code>
      </h3>
      <p class="hint">
        {state ? (
          <>
            As read on <Moment at={readAt} timeZone={frame.timeZone} />
          </>
        ) : (
          'Never read yet'
        )}
        {customer.as === 'payer' && ', paid in this reader’s browser; the account is another reader’s'}.{' '}
        {address && (
          <a href={address} rel="noreferrer">
            Open in Stripe’s dashboard
          </a>
        )}
      </p>
      {state?.deleted && <p>Deleted at Stripe.</p>}
      {state?.email !== undefined && <p class="hint">Address there: {state.email}</p>}
      {state && !state.deleted && <Bought customer={customer} frame={frame} facts={facts} />}
      <Beside customer={customer} frame={frame} facts={facts} />
    </div>
  );
};

const Bought = ({ customer: { state }, frame: { timeZone }, facts: { plans } }: CustomerProps) => (
  <ul class="rd-bought">
    {state?.subscriptions.map((each) => (
      <li key={each.id}>
        {plans.ofSubscription(each) || 'A subscription to something else'}: <b>{each.status}</b>
        <small>
          <code>{each.id}</code>
          {each.items[0] && (
            <>
              , paid period to{' '}
              <Moment
                at={Math.max(...each.items.map(({ periodEndsAt }) => periodEndsAt))}
                timeZone={timeZone}
              />
            </>
          )}
          {each.owedSince !== undefined && (
            <>
              , money owed since <Moment at={each.owedSince} timeZone={timeZone} />
            </>
          )}
          {each.cancelAt !== undefined && (
            <>
              , to end on <Moment at={each.cancelAt} timeZone={timeZone} />
            </>
          )}
          {each.reversal !== undefined && `, ${each.reversal}`}
        </small>
      </li>
    ))}
    {state?.passes.map((each) => (
      <li key={each.checkout}>
        {plans.ofPrice(each.price) || 'A pass'}: <b>{each.reversal ?? 'paid'}</b>
        <small>
          <code>{each.checkout}</code>, paid on <Moment at={each.paidAt} timeZone={timeZone} />
        </small>
      </li>
    ))}
  </ul>
);

const Beside = ({ customer, frame, facts }: CustomerProps) => {
  const ids = [...new Set([...customer.due, ...customer.held].map(({ id }) => id))].sort();
  if (ids.length === 0) return <p>Stripe’s word gives nothing to read, and nothing is held by it.</p>;
  return (
    <table class="rd-beside">
      <caption>
        {customer.inStep
          ? 'In step: the reader holds what Stripe’s word gives.'
          : 'Not in step: read it from Stripe again.'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">By Stripe’s word, until</th>
          <th scope="col">Here, until</th>
        </tr>
      </thead>
      <tbody>
        {ids.map((id) => {
          const [due, held] = [customer.due, customer.held].map((list) =>
            list.find((each) => each.id === id),
          );
          return (
            <tr key={id}>
              <td>{productName((due ?? held)?.product ?? '', facts.products)}</td>
              <td>
                <Until entitlement={due} timeZone={frame.timeZone} />
              </td>
              <td>
                <Until entitlement={held} timeZone={frame.timeZone} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const Until = ({ entitlement, timeZone }: { entitlement: Entitlement | undefined; timeZone: string }) =>
  entitlement ? (
    <>
      <Moment at={entitlement.endsAt} timeZone={timeZone} />
      {owedWords(entitlement)}
    </>
  ) : (
    <>nothing</>
  );

export const owedWords = ({ paymentDue }: Entitlement): string => (paymentDue ? ' (money owed)' : '');
