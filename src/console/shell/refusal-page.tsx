/** What a browser sees when the console refuses it: why, what to do, and a code that stays the same for support. */
import type { Messages } from '../../pages/messages/create-messages.ts';
import { PageShell, renderPage } from '../../pages/page-shell.tsx';
import type { ConsolePageFacts } from '../operators/operator-sign-in-page.tsx';

interface RefusalFacts extends ConsolePageFacts {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly way: { readonly href: string; readonly text: string };
}

export const renderRefusalPage = (facts: RefusalFacts, messages: Messages): string => {
  const { site, code, title, detail, way } = facts;
  return renderPage(
    <PageShell messages={messages} site={site} title={title} words={<p class="lead">{detail}</p>}>
      <a class="button" href={way.href}>
        {way.text}
      </a>
      <p class="hint">
        {messages.text('error.code')}: <code>{code}</code>
      </p>
    </PageShell>,
  );
};

/** For a browser that followed another site's link, which brings no cookie: asked from here, it brings it. */
export const renderOneMomentPage = (
  { site, to }: ConsolePageFacts & { readonly to: string },
  messages: Messages,
): string =>
  renderPage(
    <PageShell
      messages={messages}
      site={site}
      title="One moment"
      words={<p class="lead">The console opens by itself.</p>}
      refresh={{ seconds: 0, to }}
    >
      <a class="button" href={to}>
        Go on
      </a>
    </PageShell>,
  );
