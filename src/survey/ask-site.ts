/** Questions to a site that nobody has set up yet: few of them, slow enough to be no burden, each bounded in time and size. */
import type { Clock } from '../ops/clock.ts';
import { collect } from '../origin/collect-body.ts';
import { decodeBody } from '../origin/decode-body.ts';
import type { HeaderPairs, Origin } from '../origin/origin.ts';
import { readText } from '../origin/read-text.ts';
import { createManners } from '../sentry/learn/manners.ts';

export interface SiteAnswer {
  readonly kind: 'answer';
  readonly target: string;
  readonly status: number;
  readonly headers: HeaderPairs;
  /** Without a charset, in small letters; '' where none is stated. */
  readonly type: string;
  /** '' of a redirect, and of what is no text. */
  readonly text: string;
}

export type Asked =
  | SiteAnswer
  | { readonly kind: 'failed'; readonly why: string }
  /** As much was asked as is asked of a site, or it wants to be left alone. */
  | { readonly kind: 'enough'; readonly why: string };

export type AskSite = (target: string, as: AskedAs) => Promise<Asked>;

export type AskedAs = 'page' | 'list' | 'json';

export interface AskSiteOptions {
  readonly origin: Origin;
  /** What the site is asked by. */
  readonly host: string;
  /** https: it is told that readers come by it. */
  readonly isSecure: boolean;
  readonly bounds: AskBounds;
  readonly clock: Clock;
  readonly pause: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}

export interface AskBounds {
  readonly perSecond: number;
  readonly questions: number;
  readonly wholeMs: number;
}

export const usualBounds: AskBounds = { perSecond: 4, questions: 60, wholeMs: 120_000 };

/** Of one answer. A page that is larger says nothing that smaller ones don't. */
const maxBytes = 4 * 1_048_576;
const answerMs = 15_000;
/** Whoever asks for a longer pause is left alone. */
const longestPauseMs = 10_000;

export const createAskSite = (options: AskSiteOptions): AskSite => {
  const { origin, bounds, clock, pause, signal } = options;
  const manners = createManners(() => bounds.perSecond);
  const endsAt = clock() + bounds.wholeMs;
  let left = bounds.questions;
  return async (target, as) => {
    if (signal.aborted) return { kind: 'enough', why: 'it was stopped' };
    if (left <= 0) return { kind: 'enough', why: `${bounds.questions} questions were asked` };
    const waitMs = manners.freeAt() - clock();
    if (manners.isHopeless() || waitMs > longestPauseMs)
      return { kind: 'enough', why: 'the site asked to be left alone, or failed again and again' };
    if (clock() >= endsAt) return { kind: 'enough', why: `${bounds.wholeMs / 1000} seconds were over` };
    if (waitMs > 0) await pause(waitMs);
    left -= 1;
    manners.asked(clock());
    const timed = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
    const answer = await collect(
      origin,
      { method: 'GET', target, headers: headersOf(as, options) },
      { maxBytes, signal: timed },
    );
    switch (answer.kind) {
      case 'too-large':
        manners.answered();
        return { kind: 'failed', why: 'the answer is too large to be looked at' };
      case 'fault':
        manners.failed(clock());
        return { kind: 'failed', why: timed.aborted ? 'no answer in time' : answer.detail };
      case 'ok': {
        const { status, headers } = answer.head;
        if (status === 429 || status === 503) manners.busy(clock(), retryAfterMs(headers));
        else manners.answered();
        return {
          kind: 'answer',
          target,
          status,
          headers,
          ...(await textOf(answer.head.headers, answer.body)),
        };
      }
      default:
        return answer satisfies never;
    }
  };
};

const headersOf = (as: AskedAs, { host, isSecure }: AskSiteOptions): HeaderPairs => [
  ['Host', host],
  ['User-Agent', 'Gatefold (gatefold init: a look at the site by whoever sets a gate before it)'],
  ['Accept', accepted[as]],
  ['Accept-Encoding', 'gzip, br'],
  ['X-Forwarded-Host', host],
  ['X-Forwarded-Proto', isSecure ? 'https' : 'http'],
];

const accepted: Readonly<Record<AskedAs, string>> = {
  page: 'text/html,application/xhtml+xml,*/*;q=0.5',
  list: 'application/xml,text/xml,application/rss+xml,application/atom+xml,text/plain;q=0.9,*/*;q=0.5',
  json: 'application/json',
};

const textOf = async (headers: HeaderPairs, body: Buffer): Promise<Pick<SiteAnswer, 'type' | 'text'>> => {
  const stated = headerOf(headers, 'content-type');
  const type = (stated ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const raw = await decodeBody(body, headerOf(headers, 'content-encoding'), { maxBytes: 4 * maxBytes });
  if (typeof raw === 'string') return { type, text: '' };
  // A sitemap may be a compressed file, whatever its type says.
  const isGzip = raw[0] === 0x1f && raw[1] === 0x8b;
  const unpacked = isGzip ? await decodeBody(raw, 'gzip', { maxBytes: 4 * maxBytes }) : raw;
  if (typeof unpacked === 'string' || /^(?:image|audio|video|font)\//.test(type)) return { type, text: '' };
  const text = readText(unpacked, isGzip ? 'application/xml' : stated);
  return { type, text: text === 'undecodable' ? '' : text };
};

const retryAfterMs = (headers: HeaderPairs): number | undefined => {
  const value = headerOf(headers, 'retry-after');
  return value !== undefined && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) * 1000 : undefined;
};

/** The first of that name, which is given in small letters. */
export const headerOf = (headers: HeaderPairs, name: string): string | undefined =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1];
