/** What each number of insight can know, and what it can’t. */

export const InsightCounted = () => (
  <section class="part" aria-labelledby="counted">
    <h2 id="counted">What is counted</h2>
    <dl class="facts">
      {words.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  </section>
);

const words: readonly (readonly [string, string])[] = [
  [
    'Article views',
    'An article was asked for by a person and sent, whole or as a preview. Crawlers, link previews and feed readers aren’t in it as far as they say what they are, nor what a browser fetched ahead, nor looks from this console.',
  ],
  [
    'Free reads',
    'Views that used a free read up. Seeing the same article again in its window uses none, and stands under “How views ended”.',
  ],
  ['Previews, stop rate', 'Views that were stopped, and their part of all views.'],
  [
    'Prompt seen',
    'A browser fetched a mark that stands in the prompt, which it does as the prompt comes near the screen. Nobody knows whether it was read; a browser that loads no pictures never tells.',
  ],
  ['Plans page', 'The plans were shown to a person.'],
  ['Checkout begun', 'Somebody went on from the plans to the checkout, with a plan chosen.'],
  ['Subscribed', 'Stripe told of the checkout’s end. Each one counts once, however often it is told.'],
  [
    'From step to step',
    'No reader is followed: each step is counted by itself, on its own day. So a step may be larger than the one before it. Section and rule of a sale are those of the article that the reader came from, where that is known.',
  ],
  [
    'Free reads left',
    'Exact in a calendar window as long as the allowance stays. After a change of it, or when a visitor registers, a reader may stand in two lines; in a rolling window it is near, and no more.',
  ],
  [
    'How soon, how long',
    'A view is counted within seconds, and its day is kept for 400 days. Where a day has very many sections or articles, those that came last stand together as “others”.',
  ],
];
