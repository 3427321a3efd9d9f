/** The line above an article whose reader owes money and reads on for a while: until when, and the way to pay. */
import { renderToString } from 'preact-render-to-string';
import { Isolated, slotted } from './isolated.tsx';
import { noticeStyle } from './isolated-style.ts';
import type { Messages } from './messages/create-messages.ts';
import { safeLink } from './safe-link.ts';

export interface PaymentNoticeFacts {
  /** The last day to pay on, in words. */
  readonly payBy: string;
  /** Where the card can be changed. */
  readonly link: string;
  readonly amp: boolean;
}

/** HTML for the start of an article's body. */
export const renderPaymentNotice = (facts: PaymentNoticeFacts, messages: Messages): string => {
  const words = messages.text('notice.paymentDue', { date: facts.payBy });
  const href = safeLink(facts.link) ?? '/';
  const mend = messages.text('notice.paymentDue.mend');
  if (facts.amp) {
    return renderToString(
      <p class="gatefold-notice" role="note" lang={messages.locale} dir={messages.direction}>
        {words} <a href={href}>{mend}</a>
      </p>,
    );
  }
  const shadow = (
    <div class="g" role="note">
      <p>
        <slot name="words" />
      </p>
      <p>
        <slot name="mend" />
      </p>
    </div>
  );
  return renderToString(
    <Isolated name="gatefold-notice" messages={messages} styles={[noticeStyle]} shadow={shadow}>
      <span {...slotted('words')}>{words}</span>{' '}
      <a {...slotted('mend')} href={href}>
        {mend}
      </a>
    </Isolated>,
  );
};
