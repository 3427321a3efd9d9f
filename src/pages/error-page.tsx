/** The page for whatever couldn't be shown: what happened, what to do, and a code that stays the same for support. */
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { PageShell, renderPage } from './page-shell.tsx';

export type ErrorCode =
  /** 400 */
  | 'bad-address'
  /** 404 */
  | 'not-found'
  /** 429 */
  | 'too-many-requests'
  /** 502 */
  | 'origin-unreachable'
  /** 503 */
  | 'unavailable'
  /** 504 */
  | 'origin-timeout';

/** Says nothing of the address asked for: it may hold a secret. "Try again" asks for the same address once more. */
export const renderErrorPage = (facts: { site: PageSite; code: ErrorCode }, messages: Messages): string => {
  const { site, code } = facts;
  return renderPage(
    <PageShell
      messages={messages}
      site={site}
      title={messages.text(`error.${code}.title`)}
      words={<p class="lead">{messages.text(`error.${code}.text`)}</p>}
    >
      {mayPass(code) ? (
        <a class="button" href={thisAddress}>
          {messages.text('error.retry')}
        </a>
      ) : (
        <a class="button" href="/">
          {messages.text('page.home')}
        </a>
      )}
      <p class="hint">
        {messages.text('error.code')}: <code>{code}</code>
      </p>
    </PageShell>,
  );
};

/** An empty address is the page's own, query included. */
const thisAddress = '';

const mayPass = (code: ErrorCode): boolean => code !== 'bad-address' && code !== 'not-found';
