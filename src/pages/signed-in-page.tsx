/** After a sign-in that signed others out: which, why, and the way on. */
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { PageShell, renderPage } from './page-shell.tsx';
import { localPath } from './safe-link.ts';

export interface SignedInFacts {
  readonly site: PageSite;
  /** Labels of what had to give way; '' for a browser that didn't say. */
  readonly signedOut: readonly string[];
  readonly allowed: number;
  /** Local path of where the reader was going. */
  readonly returnTo: string;
}

export const renderSignedInPage = (facts: SignedInFacts, messages: Messages): string => {
  const { site, signedOut, allowed, returnTo } = facts;
  const devices = messages.list(signedOut.map((label) => label || messages.text('account.device.unnamed')));
  return renderPage(
    <PageShell
      messages={messages}
      site={site}
      title={messages.text('signedIn.title')}
      words={<p class="lead">{messages.counted('signedIn.out', allowed, { devices, allowed })}</p>}
    >
      <a class="button" href={localPath(returnTo)}>
        {messages.text('signedIn.continue')}
      </a>
      <p class="hint">
        <a href="/-/account">{messages.text('signedIn.account')}</a>
      </p>
    </PageShell>,
  );
};
