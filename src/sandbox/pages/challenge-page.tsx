/** The bank's question (3-D Secure): is it you who pays? */
import type { ChallengeView } from '../hosted.ts';
import { hostedPaths } from '../hosted.ts';
import { cardName } from './card-name.ts';
import { Frame, renderFrame } from './frame.tsx';
import { moneyText } from './money-text.ts';

export const challengePart = 'Gatefold sandbox bank';

/** @param query of its own address: the answer's form keeps it. */
export const renderChallenge = (view: ChallengeView, query: string, locale: string, now: number): string =>
  renderFrame(
    <Frame
      part={challengePart}
      title="Is this you?"
      now={now}
      words={
        <p class="lead">The bank that issued the card wants to be sure before it agrees (3-D Secure).</p>
      }
    >
      <dl class="sum">
        <div>
          <dt>Amount</dt>
          <dd>{view.amount === 0 ? 'Nothing today' : moneyText(view.amount, view.currency, locale)}</dd>
        </div>
        <div>
          <dt>Card</dt>
          <dd>{cardName(view.card)}</dd>
        </div>
      </dl>
      <form class="actions" method="post" action={`${hostedPaths.challenge(view.id)}${query}`}>
        <button class="button" type="submit" name="answer" value="complete">
          Complete authentication
        </button>
        <button class="button quiet" type="submit" name="answer" value="fail">
          Fail authentication
        </button>
      </form>
    </Frame>,
  );
