/** Sends what was found: an article by decision, a feed cut, anything else as it came. */

import type { Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { ClientResponse } from '../origin/client-response.ts';
import type { HeaderPairs } from '../origin/origin.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import type { AnswerArticle } from './answer-article.ts';
import type { AnswerFeed } from './answer-feed.ts';
import type { AnswerHeld } from './answer-held.ts';
import type { Answer } from './ask.ts';
import type { Exchange } from './exchange.ts';
import type { PlainPage, Unavailable } from './found.ts';
import type { Guard } from './guard.ts';
import type { FaultCode, SendFault } from './send-fault.ts';

interface Dependencies {
  readonly answerArticle: AnswerArticle;
  readonly answerFeed: AnswerFeed;
  readonly answerHeld: AnswerHeld;
  readonly guard: Guard;
  readonly giveBack: ReturnHeaders;
  readonly sendFault: SendFault;
  readonly metrics: Metrics;
  readonly log: Log;
}

export const createAnswer =
  ({ answerArticle, answerFeed, answerHeld, guard, giveBack, sendFault, metrics, log }: Dependencies) =>
  (answer: Answer, exchange: Exchange): void | Promise<void> => {
    switch (answer.kind) {
      case 'article':
        return answerArticle(answer, exchange);
      case 'feed':
        return answerFeed(answer, exchange);
      case 'held':
        return answerHeld(answer, exchange);
      case 'plain':
        return guard.send(exchange, answer, answer.body, () =>
          sendPlain(exchange, answer, giveBack(answer.headers)),
        );
      case 'streamed':
        return undefined;
      case 'unavailable':
        if (isOwnFault(answer))
          log.warn({ fault: answer.fault, detail: answer.detail }, 'a page could not be read');
        else {
          metrics.countOriginFault(answer.fault);
          log.warn({ fault: answer.fault, detail: answer.detail }, 'the origin could not answer');
        }
        sendFault(exchange.req, exchange.res, faultCode(answer));
        return undefined;
      default:
        return answer satisfies never;
    }
  };

/** What was read whole only to be looked into goes on as it came, its content coding included. */
const sendPlain = (
  { req, res, method }: Exchange,
  { status, body }: PlainPage,
  headers: HeaderPairs,
): void => {
  if (isFresh(req.headers['if-none-match'], headers) && status === 200) {
    sendHead(
      res,
      304,
      headers.filter(([name]) => !/^content-(length|encoding|type)$/i.test(name)),
    );
    return;
  }
  sendHead(
    res,
    status,
    [...headers.filter(([name]) => !/^content-length$/i.test(name)), ['Content-Length', String(body.length)]],
    method === 'HEAD' ? undefined : body,
  );
};

const sendHead = (res: ClientResponse, status: number, headers: HeaderPairs, body?: Buffer): void => {
  res.writeHead(status, headers.flat());
  res.end(body);
};

const isFresh = (header: string | undefined, headers: HeaderPairs): boolean => {
  const etag = headers.find(([name]) => name.toLowerCase() === 'etag')?.[1];
  return etag !== undefined && (header?.split(',') ?? []).some((each) => bare(each) === bare(etag));
};

const bare = (etag: string): string => etag.trim().replace(/^W\//, '');

const isOwnFault = ({ fault }: Unavailable): boolean => fault === 'unreadable' || fault === 'busy';

const faultCode = ({ fault }: Unavailable): FaultCode => {
  switch (fault) {
    case 'unreachable':
      return 'origin-unreachable';
    case 'timeout':
      return 'origin-timeout';
    case 'bad-response':
    case 'broken-off':
      return 'origin-bad-response';
    case 'too-large':
      return 'origin-too-large';
    case 'unreadable':
    case 'busy':
      return fault;
    default:
      return fault satisfies never;
  }
};
