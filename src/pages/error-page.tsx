/** The page for whatever couldn't be shown: what happened, what to do, and a code that stays the same for support. */
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { PageShell, renderPage, siteAddress } from './page-shell.tsx';
import { localPath } from './safe-link.ts';

export type ErrorCode =
  /** 400 */
  | 'bad-address'
  /** 403 */
  | 'checkout-elsewhere'
  /** 404 */
  | 'checkout-unknown'
  /** 404 */
  | 'not-found'
  /** 429 */
  | 'too-many-requests'
  /** 502 */
  | 'origin-unreachable'
  /** 503 */
  | 'payment-unconfirmed'
  /** 503 */
  | 'payments-unavailable'
  /** 503 */
  | 'unavailable'
  /** 504 */
  | 'origin-timeout';

interface ErrorFacts {
  readonly site: PageSite;
  readonly code: ErrorCode;
  /** Local path to try again at; absent: the page's own, which is wrong only for a form's. */
  readonly retryAt?: string;
}

/** Says nothing of the address asked for: it may hold a secret. "Try again" asks for the same address once more. */
export const renderErrorPage = (facts: ErrorFacts, messages: Messages): string => {
  const { site, code, retryAt } = facts;
  return renderPage(
    <PageShell
      messages={messages}
      site={site}
      title={messages.text(`error.${code}.title`)}
      words={<p class="lead">{messages.text(`error.${code}.text`)}</p>}
    >
      <WayOn site={site} code={code} retryAt={retryAt} messages={messages} />
      <p class="hint">
        {messages.text('error.code')}: <code>{code}</code>
      </p>
    </PageShell>,
  );
};

type WayOnProps = Pick<ErrorFacts, 'code' | 'site'> & { retryAt: string | undefined; messages: Messages };

const WayOn = ({ site, code, retryAt, messages }: WayOnProps) => {
  const way = wayOn[code];
  const href =
    way === 'retry'
      ? retryAt === undefined
        ? thisAddress
        : localPath(retryAt)
      : siteAddress(site, hrefs[way]);
  return (
    <a class="button" href={href}>
      {messages.text(words[way])}
    </a>
  );
};

/** An empty address is the page's own, query included. */
const thisAddress = '';

const hrefs = { home: '/', 'sign-in': '/-/sign-in?return=%2F-%2Faccount' } as const;

const words = { retry: 'error.retry', home: 'page.home', 'sign-in': 'prompt.signIn' } as const;

/** What may help: another try, where the fault may pass. */
const wayOn = {
  'bad-address': 'home',
  'not-found': 'home',
  'checkout-elsewhere': 'sign-in',
  'checkout-unknown': 'sign-in',
  'too-many-requests': 'retry',
  'origin-unreachable': 'retry',
  'origin-timeout': 'retry',
  'payment-unconfirmed': 'retry',
  'payments-unavailable': 'retry',
  unavailable: 'retry',
} as const satisfies Record<ErrorCode, 'retry' | keyof typeof hrefs>;
