/** After Stripe's page: the payment is under way, and nothing can be done but wait or come back. */
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { PageShell, renderPage } from './page-shell.tsx';

export interface ProcessingFacts {
  readonly site: PageSite;
  /** Absent: the page has looked often enough, and waits to be asked. */
  readonly refreshSeconds?: number;
  /** Local path of this page's next look. */
  readonly lookAgain: string;
}

export const renderProcessingPage = (facts: ProcessingFacts, messages: Messages): string => {
  const { site, refreshSeconds, lookAgain } = facts;
  return renderPage(
    <PageShell
      messages={messages}
      site={site}
      title={messages.text('checkout.processing.title')}
      words={<p class="lead">{messages.text('checkout.processing.text')}</p>}
      {...(refreshSeconds === undefined ? {} : { refresh: { seconds: refreshSeconds, to: lookAgain } })}
    >
      <p>{messages.text('checkout.processing.later')}</p>
      <a class="button" href={lookAgain}>
        {messages.text('checkout.lookAgain')}
      </a>
    </PageShell>,
  );
};
