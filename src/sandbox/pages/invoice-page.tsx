/** One invoice, to read. */
import type { InvoiceView } from '../hosted.ts';
import { dateText } from './date-text.ts';
import { Frame, renderFrame } from './frame.tsx';
import { moneyText } from './money-text.ts';

interface InvoiceFacts {
  readonly invoice: InvoiceView;
  /** Where its reader came from. */
  readonly back: string | undefined;
  /** Why it couldn't be paid just now. */
  readonly fault: string | undefined;
  readonly locale: string;
  readonly now: number;
}

export const renderInvoice = ({ invoice, back, fault, locale, now }: InvoiceFacts): string => {
  const { number, createdAt, amount, currency, lines } = invoice;
  const { label, tone } = invoiceStatus(invoice);
  return renderFrame(
    <Frame
      part="Gatefold sandbox invoice"
      title={`Invoice ${number}`}
      now={now}
      fault={fault}
      above={
        back && (
          <a class="back" href={back}>
            ← Your subscriptions
          </a>
        )
      }
      words={
        <p class="lead">
          {dateText(createdAt, locale)} <span class={`state ${tone}`}>{label}</span>
        </p>
      }
    >
      <dl class="sum">
        {lines.map((line) => (
          <div>
            <dt>{line.description}</dt>
            <dd>{moneyText(line.amount, currency, locale)}</dd>
          </div>
        ))}
        <div class="total">
          <dt>Total</dt>
          <dd>{moneyText(amount, currency, locale)}</dd>
        </div>
      </dl>
      {invoice.payable && <p class="hint">It is open. It can be paid in the portal.</p>}
    </Frame>,
  );
};

export const invoiceStatus = ({
  status,
}: Pick<InvoiceView, 'status'>): { readonly label: string; readonly tone: string } => {
  switch (status) {
    case 'draft':
      return { label: 'Draft', tone: '' };
    case 'open':
      return { label: 'Open', tone: 'bad' };
    case 'paid':
      return { label: 'Paid', tone: 'good' };
    case 'void':
      return { label: 'Void', tone: '' };
    case 'uncollectible':
      return { label: 'Written off', tone: 'warn' };
    default:
      return status satisfies never;
  }
};
