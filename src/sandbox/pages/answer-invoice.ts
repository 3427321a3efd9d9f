/** `/-/sandbox/invoices/<id>`: one invoice, to read. */
import type { HostedActions } from '../hosted.ts';
import { hostedPaths } from '../hosted.ts';
import { renderInvoice } from './invoice-page.tsx';
import { localeChoice } from './locale-choice.ts';
import { messagePage } from './message-page.tsx';
import type { PageAnswer, PageQuestion } from './page-answer.ts';
import { refusedText } from './refusal-text.ts';

type Actions = Pick<HostedActions, 'invoice' | 'portal'>;

export const answerInvoice = (actions: Actions, id: string, asked: PageQuestion): PageAnswer => {
  if (asked.method === 'POST') return { kind: 'wrong-method', allowed: 'GET, HEAD' };
  const { now, acceptLanguage } = asked;
  const invoice = actions.invoice(id);
  if (!invoice)
    return messagePage({
      status: 404,
      title: 'There is no such invoice',
      text: 'The address may be cut short, or the sandbox was started anew since.',
      now,
    });
  const portal = asked.query.get('portal') ?? '';
  const back = actions.portal(portal) ? `${hostedPaths.portal(portal)}?done=` : undefined;
  const html = renderInvoice({
    invoice,
    back,
    fault: refusedText(asked.query),
    locale: localeChoice(undefined, acceptLanguage),
    now,
  });
  return { kind: 'page', status: 200, html };
};
