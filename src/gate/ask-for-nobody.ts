/** A question whose asker has been answered already: nothing of what comes may reach their connection. */
import type { Answer } from './ask.ts';
import type { Question } from './origin-question.ts';

interface Answered {
  readonly answer: Answer;
  /** The origin's; 0 when it gave none. */
  readonly status: number;
}

export const askForNobody = async (
  question: Question,
  ask: (question: Question) => Promise<Answer>,
): Promise<Answered> => {
  const { onAbortable: _, onHints: __, ...asked } = question;
  let streamed = 0;
  const answer = await ask({
    ...asked,
    openStream: (head, exchange) => {
      streamed = head.status;
      queueMicrotask(() => exchange()?.abort());
      return { data: () => true, end: () => undefined, breakOff: () => undefined };
    },
  });
  if (answer.kind === 'held') answer.held.abort();
  return { answer, status: statusOf(answer, streamed) };
};

const statusOf = (answer: Answer, streamed: number): number => {
  switch (answer.kind) {
    case 'article':
    case 'feed':
    case 'plain':
      return answer.status;
    case 'held':
      return answer.head.status;
    case 'streamed':
      return streamed;
    case 'unavailable':
      return 0;
    default:
      return answer satisfies never;
  }
};

/** The origin has said that what it gave before is no longer its answer; trouble and nonsense say no such thing. */
export const isWithdrawn = (answer: Answer, status: number): boolean =>
  answer.kind !== 'unavailable' &&
  (status === 200 ||
    status === 203 ||
    (status >= 300 && status < 500 && ![304, 408, 416, 425, 429].includes(status)));
