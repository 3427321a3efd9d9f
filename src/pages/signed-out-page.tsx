/** What a reader sees after signing out. */
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { PageShell, renderPage } from './page-shell.tsx';

export const renderSignedOutPage = (facts: { site: PageSite }, messages: Messages): string =>
  renderPage(
    <PageShell
      messages={messages}
      site={facts.site}
      title={messages.text('signedOut.title')}
      words={<p class="lead">{messages.text('signedOut.text')}</p>}
    >
      <a class="button" href="/">
        {messages.text('page.home')}
      </a>
      <p class="hint">
        <a href="/-/sign-in">{messages.text('signIn.title')}</a>
      </p>
    </PageShell>,
  );
