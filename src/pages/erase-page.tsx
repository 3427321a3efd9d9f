/** Erasing an account: what goes and what stays, asked before, told after. */
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { Fault, PageShell, renderPage } from './page-shell.tsx';

export interface EraseFacts {
  readonly site: PageSite;
  /** Names of the subscriptions that would go on charging the reader; '' for one without a name. */
  readonly running: readonly string[];
  /** Stripe knows the reader as a customer. */
  readonly customer: boolean;
  /** The reader has said so already, and it couldn't be carried out. */
  readonly mayEnd?: boolean;
  readonly fault?: 'live' | 'partly';
}

/** Posts to `/-/account/erase`, with `cancel` where the reader says that what runs may be ended. */
export const renderErasePage = (facts: EraseFacts, messages: Messages): string => {
  const { site, running, customer, mayEnd, fault } = facts;
  return renderPage(
    <PageShell
      messages={messages}
      site={site}
      title={messages.text('account.erase')}
      words={<p class="lead">{messages.text('account.erase.lead')}</p>}
    >
      {fault && <Fault id="fault" text={messages.text(`account.erase.fault.${fault}`)} />}
      <p>{messages.text('account.erase.what')}</p>
      {customer && <p>{messages.text('account.erase.stays')}</p>}
      <form class="stack" method="post" action="/-/account/erase">
        {running.length > 0 && <Running plans={running} faulty={fault === 'live'} messages={messages} />}
        {mayEnd && <input type="hidden" name="cancel" value="yes" />}
        <button class="button" type="submit">
          {messages.text('account.erase.submit')}
        </button>
      </form>
      <p class="hint">
        <a href="/-/account">{messages.text('account.erase.keep')}</a>
      </p>
    </PageShell>,
  );
};

type RunningProps = { plans: readonly string[]; faulty: boolean; messages: Messages };

const Running = ({ plans, faulty, messages }: RunningProps) => (
  <>
    <p>{messages.counted('account.erase.live', plans.length, { plans: namesOf(plans, messages) })}</p>
    <label class="tick">
      <input
        type="checkbox"
        name="cancel"
        value="yes"
        required
        {...(faulty && { 'aria-invalid': 'true', 'aria-describedby': 'fault' })}
      />
      <span>{messages.text('account.erase.cancel')}</span>
    </label>
  </>
);

const namesOf = (plans: readonly string[], messages: Messages): string =>
  messages.list(plans.map((name) => name || messages.text('account.subscription.unnamed')));

export interface ErasedFacts {
  readonly site: PageSite;
  /** How many subscriptions were ended for it. */
  readonly ended: number;
  readonly customer: boolean;
}

export const renderErasedPage = ({ site, ended, customer }: ErasedFacts, messages: Messages): string =>
  renderPage(
    <PageShell
      messages={messages}
      site={site}
      title={messages.text('erased.title')}
      words={<p class="lead">{messages.text('erased.text')}</p>}
    >
      {ended > 0 && <p>{messages.counted('erased.canceled', ended, { count: ended })}</p>}
      {customer && <p>{messages.text('account.erase.stays')}</p>}
      <a class="button" href="/">
        {messages.text('page.home')}
      </a>
    </PageShell>,
  );
