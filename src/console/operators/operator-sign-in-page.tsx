/** Signing in to the console: ask for the address, then for the code, or press once after following the mailed link. */
import type { ComponentChildren } from 'preact';
import type { Messages } from '../../pages/messages/create-messages.ts';
import { Fault, PageShell, type PageSite, renderPage } from '../../pages/page-shell.tsx';

/** The console's own pages are in English, for the few who work in it; only their frame has words of the messages. */
export interface ConsolePageFacts {
  readonly site: PageSite;
}

export type OperatorSignInFault = 'email' | 'code' | 'expired' | 'tooMany';

const faults: Readonly<Record<OperatorSignInFault, string>> = {
  email: 'Enter a whole email address, such as name@example.com.',
  code: 'That code isn’t right. Compare it with the newest message and try again.',
  expired: 'That link or code has been used already or is too old. Ask for a new one.',
  tooMany: 'Too many tries. Wait a few minutes, then ask for a new code.',
};

interface FrameProps extends ConsolePageFacts {
  readonly messages: Messages;
  readonly title: string;
  readonly lead: string;
  readonly children: ComponentChildren;
}

const Frame = ({ messages, site, title, lead, children }: FrameProps) => (
  <PageShell messages={messages} site={site} title={title} words={<p class="lead">{lead}</p>}>
    {children}
  </PageShell>
);

export interface AskAddressFacts extends ConsolePageFacts {
  /** Local path to go to afterwards. */
  readonly returnTo: string;
  /** What was typed before, when the page comes back with a fault. */
  readonly email?: string;
  readonly fault?: OperatorSignInFault;
}

/** Posts `email` and `return` to `/-/console/sign-in`. */
export const renderOperatorSignInPage = (facts: AskAddressFacts, messages: Messages): string =>
  renderPage(
    <Frame
      messages={messages}
      site={facts.site}
      title="Sign in to the console"
      lead="For those who run this site. We send a link and a code to an operator’s email address."
    >
      {facts.fault && <Fault id="fault" text={faults[facts.fault]} />}
      <form class="stack" method="post" action="/-/console/sign-in">
        <div class="field">
          <label for="email">Email address</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            inputMode="email"
            required
            maxLength={254}
            value={facts.email}
            {...(facts.fault === 'email' && faultyField)}
          />
        </div>
        <input type="hidden" name="return" value={facts.returnTo} />
        <button class="button" type="submit">
          Send the link
        </button>
      </form>
    </Frame>,
  );

export interface AskCodeFacts extends ConsolePageFacts {
  /** As typed. The page is the same whether or not it is an operator's. */
  readonly email: string;
  readonly expiresInMinutes: number;
  readonly fault?: OperatorSignInFault;
}

/** Posts `code` and `email` to `/-/console/sign-in/code`. */
export const renderOperatorCodePage = (facts: AskCodeFacts, messages: Messages): string =>
  renderPage(
    <Frame
      messages={messages}
      site={facts.site}
      title="Look in your mail"
      lead={`If ${facts.email || 'that'} is an operator’s address, a link and a code are on their way to it. They work once, for ${facts.expiresInMinutes} minutes.`}
    >
      {facts.fault && <Fault id="fault" text={faults[facts.fault]} />}
      <form class="stack" method="post" action="/-/console/sign-in/code">
        <div class="field">
          <label for="code">Code from the message</label>
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
        <input type="hidden" name="email" value={facts.email} />
        <button class="button" type="submit">
          Sign in
        </button>
      </form>
      <p class="hint">
        Nothing there? Look among the spam, check the address, and whether an owner has invited it.{' '}
        <a href="/-/console/sign-in">Send it again or use another address</a>
      </p>
    </Frame>,
  );

/** Where the mailed link leads: posts `link` to `/-/console/sign-in/link`, since mail scanners open links too. */
export const renderOperatorLinkPage = (
  { site, link }: ConsolePageFacts & { readonly link: string },
  messages: Messages,
): string =>
  renderPage(
    <Frame
      messages={messages}
      site={site}
      title="One more press"
      lead={`The button signs this browser in to the console of ${site.name}.`}
    >
      <form class="stack" method="post" action="/-/console/sign-in/link">
        <input type="hidden" name="link" value={link} />
        <button class="button" type="submit">
          Sign in
        </button>
      </form>
      <p class="hint">Didn’t ask for this? Close the page and nothing happens.</p>
    </Frame>,
  );

/** `here-only`: the store couldn't be asked, so that other browsers are still signed in. */
export type SignedOutWhere = 'here' | 'everywhere' | 'here-only';

const signedOutWords: Readonly<Record<SignedOutWhere, string>> = {
  here: 'This browser is no longer signed in to the console.',
  everywhere: 'No browser is signed in to the console with your address any more.',
  'here-only':
    'This browser’s cookie is gone. Any other browser may still be signed in: sign in again in a moment, then sign out everywhere.',
};

export const renderOperatorSignedOutPage = (
  { site, where }: ConsolePageFacts & { readonly where: SignedOutWhere },
  messages: Messages,
): string =>
  renderPage(
    <Frame messages={messages} site={site} title="You’re signed out" lead={signedOutWords[where]}>
      <a class="button" href="/-/console/sign-in">
        Sign in again
      </a>
    </Frame>,
  );

const faultyField = { 'aria-invalid': 'true', 'aria-describedby': 'fault' } as const;
