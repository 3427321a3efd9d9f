/** A customer's invoices in the portal, with a way to pay those that are open. */
import type { InvoiceView, PortalView } from '../hosted.ts';
import { hostedPaths } from '../hosted.ts';
import { dateText } from './date-text.ts';
import { invoiceStatus } from './invoice-page.tsx';
import { moneyText } from './money-text.ts';
import { portalTasks } from './portal-links.ts';

export const Invoices = ({ view, locale }: { view: PortalView; locale: string }) => (
  <section class="stack" aria-labelledby="invoices">
    <h2 id="invoices">Invoices</h2>
    {view.invoices.length === 0 ? (
      <p>None yet.</p>
    ) : (
      <ul class="rows">
        {view.invoices.map((invoice) => (
          <InvoiceRow portal={view.id} invoice={invoice} locale={locale} />
        ))}
      </ul>
    )}
  </section>
);

const InvoiceRow = ({
  portal,
  invoice,
  locale,
}: {
  portal: string;
  invoice: InvoiceView;
  locale: string;
}) => {
  const { id, number, createdAt, amount, currency, nextAttemptAt, payable } = invoice;
  const { label, tone } = invoiceStatus(invoice);
  return (
    <li>
      <div>
        <a
          href={`${hostedPaths.invoice(id)}?portal=${encodeURIComponent(portal)}`}
          aria-label={`${dateText(createdAt, locale)}, invoice ${number}`}
        >
          {dateText(createdAt, locale)}
        </a>{' '}
        <span class={`state ${tone}`}>{label}</span>
        <small>
          {number}
          {nextAttemptAt !== undefined && ` · tried again on ${dateText(nextAttemptAt, locale)}`}
        </small>
      </div>
      <div class="buy">
        <span class="price">{moneyText(amount, currency, locale)}</span>
        {payable && (
          <form method="post" action={portalTasks.pay(portal, id)}>
            <button class="button small" type="submit" aria-label={`Pay now: invoice ${number}`}>
              Pay now
            </button>
          </form>
        )}
      </div>
    </li>
  );
};
