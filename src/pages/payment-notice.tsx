/** The line above an article whose reader owes money and reads on for a while: until when, and the way to pay. */
import { renderLine } from './line-notice.tsx';
import type { Messages } from './messages/create-messages.ts';

export interface PaymentNoticeFacts {
  /** The last day to pay on, in words. */
  readonly payBy: string;
  /** Where the card can be changed. */
  readonly link: string;
  readonly amp: boolean;
  /** See `LineFacts`. */
  readonly atFoot?: boolean;
}

/** HTML for the start of an article's body. */
export const renderPaymentNotice = (
  { payBy, link, amp, atFoot = false }: PaymentNoticeFacts,
  messages: Messages,
): string =>
  renderLine(
    {
      words: messages.text('notice.paymentDue', { date: payBy }),
      way: { name: 'mend', href: link, words: messages.text('notice.paymentDue.mend') },
      amp,
      atFoot,
    },
    messages,
  );
