/** "More from" and "Related": cards that lead on to other articles, inside the prompt, after an article, or on AMP pages. */
import { renderToString } from 'preact-render-to-string';
import { Isolated } from './isolated.tsx';
import { moreFromStyle } from './isolated-style.ts';
import type { Messages } from './messages/create-messages.ts';
import { direction } from './messages/direction.ts';
import { safeLink } from './safe-link.ts';

export interface Card {
  /** Publication's name as readers know it; '' when unknown. */
  readonly publication: string;
  /** Whole minutes. */
  readonly minutes: number;
  readonly section?: string;
  readonly title: string;
  /** Ready cut (250 characters); shown as it is. */
  readonly excerpt: string;
  readonly href: string;
  /** BCP 47, of the article: it may differ from the page's. */
  readonly language: string;
}

export interface MoreFromFacts {
  readonly moreFrom?: { readonly publication: string; readonly cards: readonly Card[] };
  readonly related?: readonly Card[];
}

/** Both sets as one isolated element for the end of a page; '' when there is no card. Plain HTML on AMP pages. */
export const renderMoreFrom = (
  facts: MoreFromFacts & { readonly amp: boolean },
  messages: Messages,
): string => {
  if (!hasCards(facts)) return '';
  if (facts.amp) return renderToString(<MoreFrom facts={withEllipses(facts)} messages={messages} />);
  const shadow = (
    <div class="frame">
      <MoreFrom facts={facts} messages={messages} />
    </div>
  );
  return renderToString(
    <Isolated name="gatefold-more" messages={messages} styles={[moreFromStyle]} shadow={shadow} />,
  );
};

/** For pages without our style, which is what says elsewhere that a text goes on. */
export const withEllipses = ({ moreFrom, related }: MoreFromFacts): MoreFromFacts => {
  const goingOn = (card: Card): Card => ({ ...card, excerpt: `${card.excerpt}…` });
  return {
    ...(moreFrom ? { moreFrom: { ...moreFrom, cards: moreFrom.cards.map(goingOn) } } : {}),
    ...(related ? { related: related.map(goingOn) } : {}),
  };
};

export const hasCards = ({ moreFrom, related }: MoreFromFacts): boolean =>
  (moreFrom?.cards.length ?? 0) + (related?.length ?? 0) > 0;

export const MoreFrom = ({ facts, messages }: { facts: MoreFromFacts; messages: Messages }) => (
  <>
    {facts.moreFrom && facts.moreFrom.cards.length > 0 && (
      <CardSet
        id="gatefold-more-from"
        title={messages.text('cards.moreFrom', { publication: facts.moreFrom.publication })}
        cards={facts.moreFrom.cards}
        messages={messages}
      />
    )}
    {facts.related && facts.related.length > 0 && (
      <CardSet
        id="gatefold-related"
        title={messages.text('cards.related')}
        cards={facts.related}
        messages={messages}
      />
    )}
  </>
);

interface CardSetProps {
  readonly id: string;
  readonly title: string;
  readonly cards: readonly Card[];
  readonly messages: Messages;
}

const CardSet = ({ id, title, cards, messages }: CardSetProps) => (
  <section class="gatefold-card-set" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    <div class="gatefold-card-grid">
      {cards.map((card) => (
        <CardView card={card} messages={messages} />
      ))}
    </div>
  </section>
);

/** The card has its article's language and direction; the words about minutes stay in the page's language. */
const CardView = ({ card, messages }: { card: Card; messages: Messages }) => {
  const href = safeLink(card.href);
  const minutes = messages.counted('cards.minutes', card.minutes, { minutes: card.minutes });
  return (
    <article class="gatefold-card" lang={card.language} dir={direction(card.language)}>
      <p class="gatefold-card-facts">
        {card.publication !== '' && <bdi>{card.publication}</bdi>}
        {card.publication !== '' && ' · '}
        <bdi lang={messages.locale}>{minutes}</bdi>
        {card.section && ' · '}
        {card.section && <bdi>{card.section}</bdi>}
      </p>
      <h3>{href === undefined ? card.title : <a href={href}>{card.title}</a>}</h3>
      <p class="gatefold-card-excerpt">{card.excerpt}</p>
    </article>
  );
};
