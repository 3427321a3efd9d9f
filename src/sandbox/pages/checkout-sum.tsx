/** What is bought and what it costs: the left page of the checkout. */
import type { CheckoutView, LineView, PromotionView } from '../hosted.ts';
import { hostedPaths } from '../hosted.ts';
import { dateText } from './date-text.ts';
import { Field } from './field.tsx';
import { everyText, lineName, priceText } from './line-text.ts';
import { moneyText } from './money-text.ts';

export interface SumFacts {
  readonly view: CheckoutView;
  readonly promotion: PromotionView | undefined;
  /** What was typed as a code, and why it wasn't taken. */
  readonly code: string;
  readonly codeFault: string | undefined;
  readonly locale: string;
  readonly now: number;
}

/** "Subscribe to Everything", "Week pass". */
export const checkoutTitle = ({ mode, lines }: CheckoutView): string => {
  const [first] = lines;
  if (!first || lines.length > 1) return mode === 'subscription' ? 'Subscribe' : 'Check out';
  return mode === 'subscription' ? `Subscribe to ${first.productName}` : first.productName;
};

/** After the promotion code. */
export const dueNow = ({ view, promotion }: Pick<SumFacts, 'view' | 'promotion'>): number =>
  Math.max(0, view.amountDue - (view.amountDue > 0 ? (promotion?.amountOff ?? 0) : 0));

export const CheckoutSum = (facts: SumFacts) => {
  const { view, promotion, locale } = facts;
  return (
    <>
      <p class="lead">{leadText(facts)}</p>
      <dl class="sum">
        {view.lines.map((line) => (
          <Line line={line} locale={locale} />
        ))}
        {promotion && (
          <div>
            <dt>
              {promotion.name}
              <small>
                Code <code>{promotion.code}</code>, off the first payment
              </small>
            </dt>
            <dd>−{moneyText(promotion.amountOff, view.currency, locale)}</dd>
          </div>
        )}
        <div class="total">
          <dt>Due today</dt>
          <dd>{moneyText(dueNow(facts), view.currency, locale)}</dd>
        </div>
      </dl>
      {view.promotionCodes && <Code facts={facts} />}
    </>
  );
};

const Line = ({ line, locale }: { line: LineView; locale: string }) => (
  <div>
    <dt>
      <bdi>{lineName(line)}</bdi>
      {line.description && <small>{line.description}</small>}
    </dt>
    <dd>{priceText(line, locale)}</dd>
  </div>
);

const leadText = ({ view, locale, now }: SumFacts): string => {
  const { mode, trialDays, lines, currency } = view;
  if (mode === 'payment') return 'Paid once. Nothing renews.';
  const [first] = lines;
  const total = `${moneyText(view.amountTotal, currency, locale)} ${first ? everyText(first) : ''}`.trim();
  if (trialDays === undefined) return `${total}, until you cancel.`;
  return `Free until ${dateText(now + trialDays * 86_400_000, locale)}, then ${total} until you cancel.`;
};

/** Asked by GET: seeing what a code takes off changes nothing, and the page can be loaded anew. */
const Code = ({ facts: { view, promotion, code, codeFault } }: { facts: SumFacts }) => {
  const here = hostedPaths.checkout(view.id);
  if (promotion)
    return (
      <p class="aside">
        <a href={here}>Remove the code</a>
      </p>
    );
  return (
    <form class="line" method="get" action={here}>
      <Field
        name="code"
        label="Promotion code"
        value={code}
        fault={codeFault}
        input={{ autocomplete: 'off', autocapitalize: 'characters', spellcheck: false, maxLength: 100 }}
      />
      <button class="button quiet" type="submit">
        Apply
      </button>
    </form>
  );
};
