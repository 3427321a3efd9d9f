/** From a client's request to the question that the origin is asked. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { forwardedFor, type IsTrustedProxy } from '../origin/client-address.ts';
import type { ForwardHeaders } from '../origin/forward-headers.ts';
import type { OriginHead } from '../origin/origin.ts';
import { authorizesByOwnToken } from '../origin/own-tokens.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import type { Matcher } from '../policy/match.ts';
import type { Exchange, Source } from './exchange.ts';
import type { Guard } from './guard.ts';
import type { Question } from './origin-question.ts';
import { earlyHintsTo } from './send-early-hints.ts';
import { asksSoftly } from './soft-navigation.ts';

export type QuestionOf = (exchange: Exchange, source: Source) => Question;
export type ShortQuestion = Pick<Question, 'target' | 'accept' | 'personal' | 'method' | 'said' | 'hops'>;
export type ShortQuestionOf = (exchange: Exchange) => ShortQuestion;

interface Dependencies {
  readonly forward: ForwardHeaders;
  readonly openStream: Guard['openStream'];
  readonly giveBack: ReturnHeaders;
  readonly isTrusted: IsTrustedProxy;
}

export const createQuestionOf =
  ({ forward, openStream, giveBack, isTrusted }: Dependencies): QuestionOf =>
  (exchange, source) => {
    const { req, res, target, path, rules } = exchange;
    const { headers } = req;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    return {
      origin: source.origin,
      method: exchange.method,
      target,
      path,
      accept: headers.accept,
      conditional: isConditional(headers),
      personal: personality(headers, rules.matcher),
      shareable: source.shareable,
      said: saidIn(req, forward),
      headers: ({ anonymous, unconditional }) =>
        forward(req.rawHeaders, {
          forwardedFor: forwardedFor(req.socket.remoteAddress ?? '', forwardedHeader(req), isTrusted),
          method: exchange.method,
          decodable: true,
          unconditional,
          ...(anonymous ? { only: sharedHeaders } : {}),
        }),
      ...(hasBody ? { body: req } : {}),
      openStream: (head: OriginHead, exchangeOf) => openStream(exchange, head, exchangeOf),
      onAbortable: (abort) => {
        res.on('close', () => {
          if (!res.writableEnded) abort();
        });
      },
      onHints: earlyHintsTo(req, res, giveBack),
    };
  };

export const createShortQuestionOf =
  (forward: ForwardHeaders): ShortQuestionOf =>
  ({ req, method, target, rules }) => ({
    method,
    target,
    accept: req.headers.accept,
    personal: personality(req.headers, rules.matcher),
    said: saidIn(req, forward),
  });

/** What doesn't go on to the origin wasn't said. */
const saidIn =
  (req: IncomingMessage, forward: ForwardHeaders) =>
  (name: string): string | undefined => {
    if (req.headers[name] === undefined) return undefined;
    const pairs = forward(req.rawHeaders, { forwardedFor: '', only: new Set([name]) });
    const values = pairs.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
    return values.length === 0 ? undefined : values.join(', ');
  };

/** What a response that everybody gets may depend on. */
const sharedHeaders: ReadonlySet<string> = new Set(['accept', 'accept-encoding']);

const isConditional = (headers: IncomingHttpHeaders): boolean =>
  headers.range !== undefined ||
  headers['if-none-match'] !== undefined ||
  headers['if-modified-since'] !== undefined ||
  headers['if-match'] !== undefined ||
  headers['if-unmodified-since'] !== undefined ||
  headers['if-range'] !== undefined;

const personality = (headers: IncomingHttpHeaders, matcher: Matcher): Question['personal'] => {
  const { cookie, authorization } = headers;
  if (authorization !== undefined && !authorizesByOwnToken(authorization)) return 'named';
  if (asksSoftly(headers)) return 'named';
  if (cookie === undefined) return 'no';
  let answer: Question['personal'] = 'no';
  for (const pair of cookie.split(';')) {
    const name = pair.slice(0, Math.max(0, pair.indexOf('='))).trim();
    if (ownCookie.test(name)) continue;
    if (matcher.isHarmlessCookie(name)) {
      if (answer === 'no') answer = 'harmless';
    } else if (matcher.isPersonalCookie(name)) return 'named';
    else answer = 'any';
  }
  return answer;
};

const ownCookie = /^(__Host-)?gf_/;

const forwardedHeader = (req: IncomingMessage): string | undefined => {
  const value = req.headers['x-forwarded-for'];
  return Array.isArray(value) ? value.join(', ') : value;
};
