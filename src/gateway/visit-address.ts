/** Asks the origin for one address as anybody might, and has the gate say what stands there: how a site is learnt. */

import { typeClass } from '../gate/inspect-type.ts';
import type { KnowArticle } from '../gate/know-article.ts';
import type { Question } from '../gate/origin-question.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import type { Recognise } from '../gate/recognise.ts';
import { headerValue } from '../gate/treatment.ts';
import type { Clock } from '../ops/clock.ts';
import { Unfinished } from '../ops/threads.ts';
import { collect } from '../origin/collect-body.ts';
import { decodeBody } from '../origin/decode-body.ts';
import type { ForwardHeaders } from '../origin/forward-headers.ts';
import type { HeaderPairs, Origin, OriginHead } from '../origin/origin.ts';
import { readText } from '../origin/read-text.ts';
import type { Validators } from '../sentry/learn/learn-store.ts';
import type { Asked, Visit, VisitAddress } from '../sentry/learn/visit.ts';

interface Dependencies {
  readonly origin: Origin;
  readonly forward: ForwardHeaders;
  readonly recognise: Recognise;
  readonly know: KnowArticle;
  readonly inForce: () => PolicyInForce;
  readonly clock: Clock;
  readonly maxPageBytes: number;
  /** Told of an error that no page should cause. */
  readonly report: (error: unknown) => void;
}

/** What the protocol allows a sitemap to hold. */
const maxListBytes = 50 * 1_048_576;
const maxReceivedBytes = 16 * 1_048_576;

export const createVisitAddress = (dependencies: Dependencies): VisitAddress => {
  const { origin, maxPageBytes, report } = dependencies;
  return async (asked, signal) => {
    const maxBytes = asked.as === 'list' ? maxReceivedBytes : maxPageBytes;
    const answer = await collect(origin, requestFor(asked, dependencies), { maxBytes, signal });
    switch (answer.kind) {
      case 'too-large':
        return { kind: 'other' };
      case 'fault':
        return { kind: 'failed', why: answer.fault };
      case 'ok':
        try {
          return (
            statusVisit(answer.head, dependencies.clock()) ?? (await bodyVisit(asked, answer, dependencies))
          );
        } catch (error) {
          if (error instanceof Unfinished && error.why === 'overloaded') return { kind: 'busy' };
          // One page that nobody can read must not keep all others from being learnt.
          report(error);
          return { kind: 'other' };
        }
      default:
        return answer satisfies never;
    }
  };
};

const requestFor = ({ target, as, validators }: Asked, { forward }: Dependencies) => ({
  method: 'GET',
  target,
  headers: forward(
    [
      ...['Accept', as === 'list' ? listTypes : pageTypes, 'Accept-Encoding', 'gzip, br'],
      ...['User-Agent', 'Gatefold (learning the site it serves)'],
      ...(validators?.etag === undefined ? [] : ['If-None-Match', validators.etag]),
      ...(validators?.lastModified === undefined ? [] : ['If-Modified-Since', validators.lastModified]),
    ],
    { forwardedFor: '127.0.0.1', decodable: true },
  ),
});

const pageTypes = 'text/html,application/xhtml+xml,*/*;q=0.5';
const listTypes =
  'application/xml,text/xml,application/rss+xml,application/atom+xml,text/plain;q=0.9,*/*;q=0.5';

/** Undefined: what it says is in its body. */
const statusVisit = ({ status, headers }: OriginHead, now: number): Visit | undefined => {
  if (status === 304) return { kind: 'unchanged' };
  if (status >= 300 && status < 400) {
    const to = headerValue(headers, 'location');
    return to === undefined ? { kind: 'other' } : { kind: 'moved', to };
  }
  if (status === 404 || status === 410) return { kind: 'gone' };
  if (status === 429 || status === 503) {
    const retryAfterMs = retryAfter(headerValue(headers, 'retry-after'), now);
    return { kind: 'busy', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  if (status === 408 || status === 425 || status >= 500) return { kind: 'failed', why: String(status) };
  return status === 200 || status === 203 ? undefined : { kind: 'other' };
};

/** Seconds, or a date. */
const retryAfter = (value: string | undefined, now: number): number | undefined => {
  if (value === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isFinite(date) ? Math.max(0, date - now) : undefined;
};

interface Answered {
  readonly head: OriginHead;
  readonly body: Buffer;
}

const bodyVisit = async (asked: Asked, answer: Answered, dependencies: Dependencies): Promise<Visit> => {
  const { head, body } = answer;
  const maxBytes = asked.as === 'list' ? maxListBytes : dependencies.maxPageBytes;
  const raw = await decodeBody(body, headerValue(head.headers, 'content-encoding'), { maxBytes });
  if (typeof raw === 'string') return { kind: 'other' };
  return asked.as === 'list' ? listVisit(head, raw) : pageVisit(asked, head, raw, dependencies);
};

const listVisit = async ({ headers }: OriginHead, raw: Buffer): Promise<Visit> => {
  // A sitemap may be a compressed file, whatever its type says.
  const isGzip = raw[0] === 0x1f && raw[1] === 0x8b;
  const unpacked = isGzip ? await decodeBody(raw, 'gzip', { maxBytes: maxListBytes }) : raw;
  if (typeof unpacked === 'string') return { kind: 'other' };
  const contentType = headerValue(headers, 'content-type');
  const text = readText(unpacked, isGzip ? 'application/xml' : contentType);
  return text === 'undecodable' ? { kind: 'other' } : { kind: 'list', text, ...validatorsIn(headers) };
};

const pageVisit = async (
  asked: Asked,
  { status, headers }: OriginHead,
  body: Buffer,
  { recognise, know, inForce, clock, origin }: Dependencies,
): Promise<Visit> => {
  const { target } = asked;
  const path = target.split('?', 1)[0] ?? '/';
  const rules = inForce();
  const contentType = headerValue(headers, 'content-type');
  const isPage = typeClass(contentType, target) === 'page';
  if (!isPage && !rules.matcher.isArticlePath(path)) return { kind: 'other' };
  const head = { status, headers: headers.filter(([name]) => name.toLowerCase() !== 'content-encoding') };
  const found = await recognise({ head, body }, questionOf(target, path, origin), rules);
  const times = { ...validatorsIn(headers), ...changedIn(headers) };
  const html = isPage ? readText(body, contentType) : 'undecodable';
  switch (found.kind) {
    case 'article': {
      const { article } = found;
      const { address, learnt } = await know(found, target, rules, clock());
      const changedAt = article.updatedAt ?? article.publishedAt ?? times.changedAt;
      return {
        ...{ kind: 'article', learnt, ...times },
        ...(address === undefined ? {} : { article: address }),
        ...(article.id === target ? {} : { canonical: article.id }),
        ...(html === 'undecodable' ? {} : { html }),
        ...(changedAt === undefined ? {} : { changedAt: Math.min(changedAt, clock()) }),
      };
    }
    case 'plain':
      return html === 'undecodable' ? { kind: 'other' } : { kind: 'page', html, ...times };
    case 'feed':
      return { kind: 'list', text: found.text, ...times };
    case 'unavailable':
      // Readers' own pages go first.
      return { kind: found.fault === 'busy' ? 'busy' : 'other' };
    default:
      return found satisfies never;
  }
};

/** Nobody is there to be sent anything. */
const questionOf = (target: string, path: string, origin: Origin): Question => ({
  origin,
  method: 'GET',
  target,
  path,
  accept: 'text/html',
  conditional: false,
  personal: 'no',
  shareable: true,
  said: () => undefined,
  headers: () => [],
  openStream: () => ({ data: () => true, end: () => undefined, breakOff: () => undefined }),
});

const longestValidator = 300;

const validatorsIn = (headers: HeaderPairs): { validators?: Validators } => {
  const short = (name: string): string | undefined => {
    const value = headerValue(headers, name)?.trim();
    return value && value.length <= longestValidator ? value : undefined;
  };
  const [etag, lastModified] = [short('etag'), short('last-modified')];
  if (etag === undefined && lastModified === undefined) return {};
  return {
    validators: {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    },
  };
};

const changedIn = (headers: HeaderPairs): { changedAt?: number } => {
  const changedAt = Date.parse(headerValue(headers, 'last-modified') ?? '');
  return Number.isFinite(changedAt) ? { changedAt } : {};
};
