/** Staff's requests: straight to the origin and back, with nothing cut, counted, learnt or kept on the way. */
import type { Metrics } from '../../ops/metrics.ts';
import type { ReturnHeaders } from '../../origin/return-headers.ts';
import { accessHeader } from '../access-header.ts';
import type { Answer } from '../ask.ts';
import type { Exchange } from '../exchange.ts';
import type { Finder } from '../find.ts';
import { inspect, type OpenStream } from '../inspect.ts';
import type { Question } from '../origin-question.ts';
import { streamThrough } from '../stream-through.ts';
import { headerValue } from '../treatment.ts';
import type { Companions } from './companion.ts';
import { mayHoldText, staffHeaders } from './staff-headers.ts';

/** What couldn't be had is told like any other answer. */
export type AskForStaff = (question: Question, exchange: Exchange) => Promise<Answer>;

interface Dependencies {
  readonly finder: Pick<Finder, 'isArticle'>;
  readonly giveBack: ReturnHeaders;
  readonly companions: Pick<Companions, 'toKeep'>;
  readonly metrics: Pick<Metrics, 'countDecision'>;
}

export const createAskForStaff =
  ({ finder, giveBack, companions, metrics }: Dependencies): AskForStaff =>
  (question, exchange) => {
    const { req, res, rules } = exchange;
    const openStream: OpenStream = (head, originOf) => {
      const headers = [...staffHeaders(giveBack(head.headers))];
      if (finder.isArticle(question, rules)) {
        metrics.countDecision('full', 'staff');
        headers.push(['Gatefold-Access', accessHeader({ outcome: 'full', reason: 'staff' })]);
      }
      // Only with what is now private: a cookie must not come out of a cache.
      const cookie = mayHoldText(headerValue(head.headers, 'content-type'))
        ? companions.toKeep(req.headers.cookie)
        : undefined;
      if (cookie !== undefined) headers.push(['Set-Cookie', cookie]);
      return streamThrough(res, head, headers, originOf);
    };
    const { method, target, body, onAbortable, onHints } = question;
    return inspect(
      question.origin,
      {
        method,
        target,
        headers: question.headers({ anonymous: false, unconditional: false }),
        ...(body ? { body } : {}),
      },
      {
        treat: () => 'stream',
        openStream,
        maxBytes: 0,
        ...(onHints ? { onHints: (hints) => onHints(hints) } : {}),
        ...(onAbortable ? { onAbortable: (abort) => onAbortable(abort) } : {}),
      },
    ).then((inspected) => {
      if (inspected.kind === 'streamed' || inspected.kind === 'unavailable') return inspected;
      throw new Error(`a stream was asked for, and ${inspected.kind} came`);
    });
  };
