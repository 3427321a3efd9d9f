/** The last door before a client: whatever may hold text and is no article's own page is read before it is sent. */

import { decodeBody } from '../origin/decode-body.ts';
import type { HeaderPairs, OriginExchange, OriginHead } from '../origin/origin.ts';
import { readText } from '../origin/read-text.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import type { KnownTexts } from '../sentry/known-texts.ts';
import { looksLikeText, readingFor } from '../sentry/may-hold-text.ts';
import type { Exchange } from './exchange.ts';
import { typeClass } from './inspect-type.ts';
import type { HeldArticle, JudgeAnswer, Judgement } from './judge-answer.ts';
import { readAsItFlows } from './read-as-it-flows.ts';
import type { SendFault } from './send-fault.ts';
import { sendWithheld } from './send-withheld.ts';
import { type Stream, streamThrough } from './stream-through.ts';
import { headerValue } from './treatment.ts';

/** What was found in an answer, and what became of it. */
export interface Discovery {
  readonly target: string;
  readonly path: string;
  readonly outcome: Exclude<Judgement['kind'], 'clear'> | 'broken-off';
  readonly held: readonly HeldArticle[];
}

export interface Guard {
  /** Begins sending what the origin answers: at once, once it was read, or as it is read. */
  openStream(exchange: Exchange, head: OriginHead, origin: () => OriginExchange | undefined): Stream;
  /** Sends an answer that is here already. */
  send(exchange: Exchange, head: OriginHead, body: Buffer, sendClear: () => void): void | Promise<void>;
}

interface Dependencies {
  readonly known: KnownTexts;
  readonly judge: JudgeAnswer;
  readonly giveBack: ReturnHeaders;
  readonly onDiscovery: (discovery: Discovery) => void;
  readonly giveUp: (exchange: Exchange, error: unknown) => void;
  readonly sendFault: SendFault;
  /** Of what is unfolded for reading. */
  readonly maxBytes: number;
}

/** What is longer, or takes longer, is read as it flows: it can't be cleaned then, only ended. */
const wholeBytes = 4_194_304;
const wholeMs = 5_000;

export const createGuard = (dependencies: Dependencies): Guard => {
  const { known, judge, giveBack, onDiscovery, giveUp, sendFault, maxBytes } = dependencies;
  const clear = createClearedFiles(known);

  const judgeBody = async (exchange: Exchange, head: OriginHead, body: Buffer): Promise<Judgement> => {
    const read = await textOf(head, body, maxBytes);
    if (read === undefined) return { kind: 'clear' };
    return judge({ text: read, contentType: headerValue(head.headers, 'content-type') }, exchange);
  };

  const sendJudged = (
    exchange: Exchange,
    head: OriginHead,
    body: Buffer,
    judgement: Judgement,
    sendClear: () => void,
  ): void => {
    if (judgement.kind === 'clear') {
      sendClear();
      return;
    }
    const { target, path, res, method } = exchange;
    onDiscovery({ target, path, outcome: judgement.kind, held: judgement.held });
    switch (judgement.kind) {
      case 'theirs':
        sendBody(exchange, head, ownHeaders(giveBack(head.headers)), body);
        break;
      case 'cleaned':
        sendBody(exchange, head, remadeHeaders(giveBack(head.headers)), Buffer.from(judgement.text));
        break;
      case 'withheld':
        sendWithheld(res, method, judgement.held);
        break;
      default:
        judgement satisfies never;
    }
  };

  const send: Guard['send'] = (exchange, head, body, sendClear) => {
    if (known.size().articles === 0 || isUnread(exchange, head) || clear.has(exchange, head))
      return sendClear();
    const generation = known.generation();
    return judgeBody(exchange, head, body).then((judgement) => {
      if (judgement.kind === 'clear') clear.add(exchange, head, generation);
      sendJudged(exchange, head, body, judgement, sendClear);
    });
  };

  return {
    openStream: (exchange, head, origin) => {
      const { res } = exchange;
      const straight = (): Stream => streamThrough(res, head, giveBack(head.headers), origin);
      const reading = readingFor(headerValue(head.headers, 'content-type'));
      const holdsNone = reading === 'none' || hasNoBody(exchange, head) || isUnread(exchange, head);
      if (known.size().articles === 0 || holdsNone || clear.has(exchange, head)) return straight();
      const flowing = (): Stream =>
        readAsItFlows({
          stream: straight(),
          head,
          origin,
          judge: (text) => judge({ text, contentType: 'text/event-stream' }, exchange),
          onFound: (held) =>
            onDiscovery({ target: exchange.target, path: exchange.path, outcome: 'broken-off', held }),
        });
      if (reading === 'flow') return flowing();
      return collectFirst({
        byContent: reading === 'by-content',
        straight,
        flowing,
        whole: (body) => {
          const sendClear = (): void => sendBody(exchange, head, giveBack(head.headers), body);
          const sent = send(exchange, head, body, sendClear);
          if (sent instanceof Promise) sent.catch((error: unknown) => giveUp(exchange, error));
        },
        // Nothing was sent yet, and half an answer that looks whole would be a lie.
        cutOff: () => sendFault(exchange.req, res, 'origin-bad-response'),
      });
    },
    send,
  };
};

const hasNoBody = ({ method }: Exchange, { status }: OriginHead): boolean =>
  method === 'HEAD' || status < 200 || status === 204 || status === 205 || status === 304;

/** What the publisher leaves alone: all of it, a path of no concern, a partner's API, a feed that is to pass. */
const isUnread = ({ path, target, rules: { matcher, policy } }: Exchange, { headers }: OriginHead): boolean =>
  !policy.sentry.on ||
  matcher.isIgnoredPath(path) ||
  matcher.isPassedPath(path) ||
  (matcher.feedWayAt(path) === 'pass' && typeClass(headerValue(headers, 'content-type'), target) === 'feed');

interface Collecting {
  readonly byContent: boolean;
  readonly straight: () => Stream;
  readonly flowing: () => Stream;
  readonly whole: (body: Buffer) => void;
  readonly cutOff: () => void;
}

/** Gathers an answer to read it whole; goes over to another way of sending it once it shows that this won't do. */
const collectFirst = ({ byContent, straight, flowing, whole, cutOff }: Collecting): Stream => {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let other: Stream | undefined;
  const goOver = (open: () => Stream): boolean => {
    clearTimeout(patience);
    other = open();
    let takesMore = true;
    for (const chunk of chunks) takesMore = other.data(chunk);
    chunks = [];
    return takesMore;
  };
  const patience = setTimeout(() => {
    if (!other) goOver(flowing);
  }, wholeMs);
  patience.unref();
  return {
    data: (chunk) => {
      if (other) return other.data(chunk);
      const isFirst = size === 0;
      chunks.push(chunk);
      size += chunk.length;
      if (isFirst && byContent && !looksLikeText(chunk)) return goOver(straight);
      return size > wholeBytes ? goOver(flowing) : true;
    },
    end: () => {
      clearTimeout(patience);
      if (other) other.end();
      else whole(Buffer.concat(chunks, size));
    },
    breakOff: () => {
      clearTimeout(patience);
      if (other) other.breakOff();
      else cutOff();
    },
  };
};

/** What browsers would see of it. Undefined: no text, whatever its label says. */
const textOf = async (
  { headers }: OriginHead,
  body: Buffer,
  maxBytes: number,
): Promise<string | undefined> => {
  const decoded = await decodeBody(body, headerValue(headers, 'content-encoding'), { maxBytes });
  // Labels that mean nothing are ignored by browsers, which then read the bytes as they are.
  const raw = typeof decoded === 'string' ? body : decoded;
  const text = readText(raw, headerValue(headers, 'content-type'));
  return text === 'undecodable' ? raw.toString('latin1') : text;
};

const sendBody = (
  { res, method }: Exchange,
  { status }: OriginHead,
  headers: HeaderPairs,
  body: Buffer,
): void => {
  const flat = headers.filter(([name]) => !/^(?:content-length|transfer-encoding)$/i.test(name)).flat();
  res.writeHead(status, [...flat, 'Content-Length', String(body.length)]);
  res.end(method === 'HEAD' ? undefined : body);
};

/** One reader's copy: no cache may give it to another, and no validator of it may be asked for by another. */
const ownHeaders = (headers: HeaderPairs): HeaderPairs => [
  ...headers.filter(([name]) => !sharing.test(name)),
  ['Cache-Control', 'private, no-store'],
];

const remadeHeaders = (headers: HeaderPairs): HeaderPairs => [
  ...headers
    .filter(([name]) => !sharing.test(name) && !bound.test(name))
    .map(([name, value]): readonly [string, string] =>
      /^content-type$/i.test(name)
        ? [name, `${value.split(';', 1)[0]?.trim()}; charset=utf-8`]
        : [name, value],
    ),
  ['Cache-Control', 'private, no-store'],
];

const sharing = /^(?:cache-control|expires|pragma|age|etag|last-modified|accept-ranges)$/i;
const bound = /^(?:content-encoding|content-md5|content-digest|repr-digest|digest|content-range)$/i;

/**
 * Files that were read and hold nothing, by address and validator: a script or a style sheet is read once, not for each who
 * loads it. What somebody's credentials led to is never kept, and what is learnt since may be in it.
 */
const createClearedFiles = (known: KnownTexts) => {
  const kept = new Map<string, number>();
  const keyOf = ({ req, target, method }: Exchange, { headers, status }: OriginHead): string | undefined => {
    if (method !== 'GET' || status !== 200 || req.headers.authorization !== undefined) return undefined;
    const etag = headerValue(headers, 'etag');
    const modified = headerValue(headers, 'last-modified');
    if (etag === undefined && modified === undefined) return undefined;
    if (headerValue(headers, 'set-cookie') !== undefined || !isFile(headerValue(headers, 'content-type')))
      return undefined;
    return [target, etag, modified, headerValue(headers, 'content-length')].join('\n');
  };
  return {
    has: (exchange: Exchange, head: OriginHead): boolean => {
      const key = keyOf(exchange, head);
      return key !== undefined && kept.get(key) === known.generation();
    },
    /** @param generation when its reading began */
    add: (exchange: Exchange, head: OriginHead, generation: number): void => {
      const key = keyOf(exchange, head);
      if (key === undefined) return;
      kept.delete(key);
      kept.set(key, generation);
      const oldest = kept.size > mostFiles ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
    },
  };
};

const mostFiles = 5_000;

/** What a page is drawn with; pages and data are made anew for whoever asks. */
const isFile = (contentType: string | undefined): boolean => /script|css|svg/i.test(contentType ?? '');
