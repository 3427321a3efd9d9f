/** The offer: what can be subscribed to here, and the way for those who have access already. */
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { ContactLink, PageShell, renderPage } from './page-shell.tsx';
import { contactLink, localPath } from './safe-link.ts';
import { signInAddress } from './sign-in-page.tsx';

export interface SubscribeFacts {
  readonly site: PageSite;
  readonly offer: readonly OfferedPlan[];
  /** Local path of the page to come back to; anything else is taken for `/`. */
  readonly returnTo: string;
  /** The article that the reader comes from. */
  readonly articleTitle?: string;
  /** Who is signed in. */
  readonly email?: string;
}

export interface OfferedPlan {
  readonly name: string;
  readonly description?: string;
  readonly priceText?: string;
  /** Names of what it opens. */
  readonly products: readonly string[];
  /** Where the choice is posted, with hidden fields; absent while this plan can't be bought here. */
  readonly checkout?: { readonly action: string; readonly fields: Readonly<Record<string, string>> };
}

export const renderSubscribePage = (facts: SubscribeFacts, messages: Messages): string => {
  const { site, offer, email } = facts;
  const returnTo = localPath(facts.returnTo);
  return renderPage(
    <PageShell
      messages={messages}
      site={site}
      title={messages.text('subscribe.title')}
      words={<Words facts={facts} returnTo={returnTo} messages={messages} />}
    >
      {offer.length > 0 && <Offer offer={offer} returnTo={returnTo} messages={messages} />}
      {offer.some(({ checkout }) => checkout) ? null : <Arranged site={site} messages={messages} />}
      {email === undefined && (
        <p class="hint">
          {messages.text('subscribe.have')}{' '}
          <a href={signInAddress(returnTo)}>{messages.text('prompt.signIn')}</a>
        </p>
      )}
    </PageShell>,
  );
};

interface PartProps {
  readonly messages: Messages;
}

const Words = ({ facts, returnTo, messages }: PartProps & { facts: SubscribeFacts; returnTo: string }) => (
  <>
    <p class="lead">{messages.text('subscribe.lead', { site: facts.site.name })}</p>
    {facts.articleTitle && (
      <p class="aside">{messages.text('subscribe.article', { title: facts.articleTitle })}</p>
    )}
    {facts.email && <p class="aside">{messages.text('account.email', { email: facts.email })}</p>}
    {returnTo !== '/' && (
      <p class="aside">
        <a href={returnTo}>{messages.text('page.back')}</a>
      </p>
    )}
  </>
);

type OfferProps = PartProps & { offer: readonly OfferedPlan[]; returnTo: string };

const Offer = ({ offer, returnTo, messages }: OfferProps) => (
  <section class="stack" aria-labelledby="offer">
    <h2 id="offer">{messages.text('subscribe.offer')}</h2>
    <ul class="rows">
      {offer.map((plan) => (
        <li>
          <div>
            <b>{plan.name}</b>
            {plan.description && <small>{plan.description}</small>}
            {plan.products.some((product) => product !== plan.name) && (
              <small>{messages.text('subscribe.includes', { products: messages.list(plan.products) })}</small>
            )}
          </div>
          <div class="buy">
            {plan.priceText && <bdi class="price">{plan.priceText}</bdi>}
            {plan.checkout && (
              <Choose plan={plan} checkout={plan.checkout} messages={messages} back={returnTo} />
            )}
          </div>
        </li>
      ))}
    </ul>
  </section>
);

type ChooseProps = PartProps & {
  plan: OfferedPlan;
  checkout: NonNullable<OfferedPlan['checkout']>;
  back: string;
};

const Choose = ({ plan, checkout, messages, back }: ChooseProps) => (
  <form method="post" action={localPath(checkout.action)}>
    {Object.entries(checkout.fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <input type="hidden" name="return" value={back} />
    <button class="button small" type="submit">
      {messages.text('subscribe.choose', { plan: plan.name })}
    </button>
  </form>
);

/** Nothing can be bought here: say so, and say who sells it. */
const Arranged = ({ site, messages }: PartProps & { site: PageSite }) => (
  <section class="stack" aria-labelledby="arranged">
    <h2 id="arranged">{messages.text('subscribe.arranged.title')}</h2>
    <p>{messages.text('subscribe.arranged')}</p>
    <p>{messages.text(site.contact ? 'subscribe.arranged.contact' : 'subscribe.arranged.ask')}</p>
    {site.contact && <ContactLink contact={site.contact} button={contactLink(site.contact) !== undefined} />}
  </section>
);
