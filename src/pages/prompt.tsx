/** The prompt: the block at the cut that ends a preview and says how to read on. */
import { renderToString } from 'preact-render-to-string';
import { Isolated, slotted } from './isolated.tsx';
import { cardsStyle, promptStyle } from './isolated-style.ts';
import type { Messages } from './messages/create-messages.ts';
import type { MoreFromFacts } from './more-from.tsx';
import { hasCards, MoreFrom, withEllipses } from './more-from.tsx';
import type { WhyFacts } from './prompt-words.ts';
import { whyItEndsHere } from './prompt-words.ts';
import { safeLink } from './safe-link.ts';

export { promptStyleHash } from './isolated-style.ts';

export interface PromptFacts extends WhyFacts {
  readonly siteName: string;
  readonly publicationName?: string;
  readonly plans: readonly PromptPlan[];
  /** By which support can tell why this prompt was shown. */
  readonly reference?: string;
  /** Paths or http(s) addresses. `account` is for readers who are signed in: they aren't asked to sign in again. */
  readonly links: { readonly subscribe: string; readonly signIn: string; readonly account?: string };
  /** AMP forbids style and script: plain HTML in the page's own looks. */
  readonly amp: boolean;
  readonly cards?: MoreFromFacts;
}

export interface PromptPlan {
  readonly name: string;
  readonly description?: string;
  /** Ready for reading: "€9 a month". */
  readonly priceText?: string;
}

/** HTML for the cut of any page. Depends on its arguments alone, so equal facts may share one rendering. */
export const renderPrompt = (facts: PromptFacts, messages: Messages): string =>
  renderToString(
    facts.amp ? (
      <PlainPrompt facts={facts} messages={messages} />
    ) : (
      <IsolatedPrompt facts={facts} messages={messages} />
    ),
  );

interface PromptProps {
  readonly facts: PromptFacts;
  readonly messages: Messages;
}

const IsolatedPrompt = ({ facts, messages }: PromptProps) => {
  const { action, other } = ways(facts, messages);
  const cards = facts.cards && hasCards(facts.cards) ? facts.cards : undefined;
  const shadow = (
    <div class="frame">
      <section class="sheet" aria-labelledby="line">
        <p class="publication">{facts.publicationName ?? facts.siteName}</p>
        <h2 id="line">
          <slot name="line" />
        </h2>
        <p class="why">{whyItEndsHere(facts, messages)}</p>
        <Plans plans={facts.plans} label={messages.text('prompt.plans')} />
        <div class="ways">
          <slot name="subscribe" />
          <span class="other-way">
            {other.question} <slot name="sign-in" />
          </span>
        </div>
        {facts.reference !== undefined && (
          <p class="reference">
            <slot name="reference" />
          </p>
        )}
        {facts.reference !== undefined && (
          <img
            class="seen-mark"
            src={`/-/seen/${facts.reference}`}
            alt=""
            width="1"
            height="1"
            loading="lazy"
          />
        )}
      </section>
      {cards && <MoreFrom facts={cards} messages={messages} />}
    </div>
  );
  return (
    <Isolated
      name="gatefold-prompt"
      messages={messages}
      styles={cards ? [promptStyle, cardsStyle] : [promptStyle]}
      shadow={shadow}
    >
      <p {...slotted('line')}>{messages.text('line')}</p>{' '}
      <a {...slotted('subscribe')} href={action.href}>
        {action.words}
      </a>{' '}
      <a {...slotted('sign-in')} href={other.href}>
        {other.words}
      </a>
      {facts.reference !== undefined && ' '}
      {facts.reference !== undefined && (
        <small {...slotted('reference')}>{referenceWords(facts.reference, messages)}</small>
      )}
    </Isolated>
  );
};

const PlainPrompt = ({ facts, messages }: PromptProps) => {
  const { action, other } = ways(facts, messages);
  return (
    <section class="gatefold-prompt" lang={messages.locale} dir={messages.direction}>
      <h2>{messages.text('line')}</h2>
      <p>{whyItEndsHere(facts, messages)}</p>
      <Plans plans={facts.plans} label={messages.text('prompt.plans')} />
      <p>
        <a href={action.href}>{action.words}</a>
      </p>
      <p>
        {other.question} <a href={other.href}>{other.words}</a>
      </p>
      {facts.reference !== undefined && (
        <p>
          <small>{referenceWords(facts.reference, messages)}</small>
        </p>
      )}
      {facts.cards && <MoreFrom facts={withEllipses(facts.cards)} messages={messages} />}
    </section>
  );
};

const referenceWords = (code: string, messages: Messages): string =>
  messages.text('prompt.reference', { code });

const Plans = ({ plans, label }: { plans: readonly PromptPlan[]; label: string }) =>
  plans.length === 0 ? null : (
    <ul aria-label={label}>
      {plans.map((plan) => (
        <li>
          <b>{plan.name}</b>
          {plan.priceText && ' '}
          {plan.priceText && <bdi>{plan.priceText}</bdi>}
          {plan.description && <small> {plan.description}</small>}
        </li>
      ))}
    </ul>
  );

/** The way that opens this article, and the way for those who have it already. An account is made by signing in. */
const ways = ({ prompt, links }: PromptFacts, messages: Messages) => {
  const register = prompt === 'register';
  const signedIn = links.account !== undefined;
  return {
    action: {
      href: safeLink(register ? links.signIn : links.subscribe) ?? '/',
      words: messages.text(register ? 'prompt.register' : 'prompt.subscribe'),
    },
    other: {
      question: messages.text(question(signedIn, register)),
      href: safeLink(links.account ?? links.signIn) ?? '/',
      words: messages.text(signedIn ? 'prompt.yourAccount' : 'prompt.signIn'),
    },
  };
};

const question = (signedIn: boolean, register: boolean) => {
  if (signedIn) return 'prompt.signedIn';
  return register ? 'prompt.account' : 'prompt.subscriber';
};
