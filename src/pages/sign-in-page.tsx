/** Signing in without a password: ask for the address, then for the code, or press once after following the mailed link. */
import { AddressForm } from './address-form.tsx';
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { Fault, PageShell, renderPage } from './page-shell.tsx';
import { localPath } from './safe-link.ts';

export type SignInFault = 'email' | 'code' | 'expired' | 'tooMany' | 'mail';

export interface SignInFacts {
  readonly site: PageSite;
  /** Local path to go to afterwards; anything else is taken for `/`. */
  readonly returnTo: string;
  /** What was typed before, when the page comes back with a fault. */
  readonly email?: string;
  readonly fault?: SignInFault;
  /** This browser was signed in, and is no more, not by its own doing; with how many devices may be. */
  readonly wasSignedOut?: { readonly allowed?: number };
}

/** The path of the sign-in page that leads back to `returnTo`. */
export const signInAddress = (returnTo: string): string => {
  const back = localPath(returnTo);
  return back === '/' ? '/-/sign-in' : `/-/sign-in?return=${encodeURIComponent(back)}`;
};

/** Posts `email` and `return` to `/-/sign-in`. */
export const renderSignInPage = (facts: SignInFacts, messages: Messages): string =>
  renderPage(
    <PageShell
      messages={messages}
      site={facts.site}
      title={messages.text('signIn.title')}
      words={<p class="lead">{messages.text('signIn.lead')}</p>}
    >
      {facts.wasSignedOut && <p>{signedOutWords(facts.wasSignedOut, messages)}</p>}
      {facts.fault && <Fault id="fault" text={messages.text(`signIn.fault.${facts.fault}`)} />}
      <AddressForm
        email={facts.email}
        returnTo={facts.returnTo}
        fault={facts.fault === 'email' ? faultyField : undefined}
        messages={messages}
      />
    </PageShell>,
  );

const signedOutWords = ({ allowed }: NonNullable<SignInFacts['wasSignedOut']>, messages: Messages): string =>
  allowed === undefined
    ? messages.text('signIn.wasSignedOut')
    : messages.counted('signIn.wasSignedOut.allowed', allowed, { allowed });

export interface CodeFacts {
  readonly site: PageSite;
  readonly returnTo: string;
  /** As typed. The page is the same whether or not anybody has an account with it. */
  readonly email: string;
  readonly requestId: string;
  readonly expiresInMinutes: number;
  readonly fault?: SignInFault;
}

/** "Look in your mail": posts `requestId`, `code`, `email` and `return` to `/-/sign-in/code`. */
export const renderCodePage = (facts: CodeFacts, messages: Messages): string => {
  const { email, expiresInMinutes: minutes } = facts;
  return renderPage(
    <PageShell
      messages={messages}
      site={facts.site}
      title={messages.text('signIn.code.title')}
      words={<p class="lead">{messages.counted('signIn.code.lead', minutes, { email, minutes })}</p>}
    >
      {facts.fault && <Fault id="fault" text={messages.text(`signIn.fault.${facts.fault}`)} />}
      <CodeForm facts={facts} messages={messages} />
      <p class="hint">
        {messages.text('signIn.code.nothing')}{' '}
        <a href={signInAddress(facts.returnTo)}>{messages.text('signIn.code.again')}</a>
      </p>
    </PageShell>,
  );
};

const CodeForm = ({ facts, messages }: { facts: CodeFacts; messages: Messages }) => (
  <form class="stack" method="post" action="/-/sign-in/code">
    <div class="field">
      <label for="code">{messages.text('signIn.code.label')}</label>
      <input
        id="code"
        name="code"
        class="code"
        type="text"
        autocomplete="one-time-code"
        inputMode="numeric"
        autocapitalize="off"
        spellcheck={false}
        required
        maxLength={16}
        {...(facts.fault === 'code' && faultyField)}
      />
    </div>
    <input type="hidden" name="requestId" value={facts.requestId} />
    <input type="hidden" name="email" value={facts.email} />
    <input type="hidden" name="return" value={localPath(facts.returnTo)} />
    <button class="button" type="submit">
      {messages.text('signIn.submit')}
    </button>
  </form>
);

export interface LinkFacts {
  readonly site: PageSite;
  readonly link: string;
  /** What this browser paid for would go to whoever the link was sent to. */
  readonly paidHere?: boolean;
}

/**
 * Where the mailed link leads: posts `link` to `/-/sign-in/link`. A press is needed because mail scanners open links,
 * and opening it would use it up before its reader could.
 */
export const renderLinkPage = (facts: LinkFacts, messages: Messages): string =>
  renderPage(
    <PageShell
      messages={messages}
      site={facts.site}
      title={messages.text('signIn.link.title')}
      words={<p class="lead">{messages.text('signIn.link.lead', { site: facts.site.name })}</p>}
    >
      {facts.paidHere && <p>{messages.text('signIn.link.paidHere')}</p>}
      <form class="stack" method="post" action="/-/sign-in/link">
        <input type="hidden" name="link" value={facts.link} />
        <button class="button" type="submit">
          {messages.text('signIn.submit')}
        </button>
      </form>
      <p class="hint">{messages.text('signIn.link.ignore')}</p>
    </PageShell>,
  );

const faultyField = { 'aria-invalid': 'true', 'aria-describedby': 'fault' } as const;
