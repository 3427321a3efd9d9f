/** `/-/sandbox/challenge/<id>`: asks what a bank would ask, and goes on with the answer. */
import type { HostedActions } from '../hosted.ts';
import { challengePart, renderChallenge } from './challenge-page.tsx';
import { localeChoice } from './locale-choice.ts';
import { messagePage } from './message-page.tsx';
import { type PageAnswer, type PageQuestion, sendOn, typed } from './page-answer.ts';
import { readDone } from './portal-task.ts';
import { withRefusal } from './refusal-text.ts';

type Actions = Pick<HostedActions, 'challenge' | 'answerChallenge'>;

/** An answer leads to the site that asked, whose address the question doesn't tell. */
const anywhere = ['http:', 'https:'];

export const answerChallenge = (actions: Actions, id: string, asked: PageQuestion): PageAnswer => {
  const view = actions.challenge(id);
  if (!view) return gone(asked.now);
  const done = readDone(asked.query);
  const answer = typed(asked.form, 'answer');
  if (asked.method === 'GET' || (answer !== 'complete' && answer !== 'fail')) {
    const query = done ? `?done=${done}` : '';
    const html = renderChallenge(view, query, localeChoice(undefined, asked.acceptLanguage), asked.now);
    return { kind: 'page', status: asked.method === 'GET' ? 200 : 400, html, leadsTo: anywhere };
  }
  const outcome = actions.answerChallenge(id, answer === 'complete');
  switch (outcome.kind) {
    case 'done':
      return sendOn(done ? `${outcome.returnUrl}?done=${done}` : outcome.returnUrl);
    case 'declined':
      return sendOn(withRefusal(outcome.backUrl, outcome));
    case 'gone':
      return gone(asked.now);
    default:
      return outcome satisfies never;
  }
};

const gone = (now: number): PageAnswer =>
  messagePage({
    status: 404,
    part: challengePart,
    title: 'There is nothing to answer',
    text: 'The question was answered already, or never asked. Go back to the page that you came from.',
    now,
  });
