/** Everything under `/-/sandbox/`: the offline Stripe's hosted checkout and portal, a bank's question, and the control page. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isSameSite } from '../../readers/same-site.ts';
import type { HostedActions, HostedControls } from '../hosted.ts';
import { hostedPaths } from '../hosted.ts';
import { answerChallenge } from './answer-challenge.ts';
import { answerCheckout } from './answer-checkout.ts';
import { answerControl } from './answer-control.ts';
import { answerInvoice } from './answer-invoice.ts';
import { answerPortal } from './answer-portal.ts';
import { isOwnHost, ownOriginsOf } from './own-host.ts';
import type { PageAnswer, PageQuestion } from './page-answer.ts';
import { plainPages } from './plain-pages.ts';
import { readForm } from './read-form.ts';
import { type SentAnswer, sendAnswer } from './send-answer.ts';

interface Options {
  readonly actions: HostedActions;
  readonly controls: HostedControls;
  /** The gateway's own address: forms from anywhere else are refused. */
  readonly publicUrl: string;
  /** Milliseconds, of the sandbox's clock. */
  readonly now: () => number;
  /** Told when a page fails for a reason that isn't its reader's; holds nothing that was typed. */
  readonly warn?: (message: string) => void;
}

/** Answers every request that it is given; nothing that a browser sends makes it fail. */
export const createHostedPages = (
  options: Options,
): ((req: IncomingMessage, res: ServerResponse) => void) => {
  const { now, warn } = options;
  return (request, response) => {
    answerRequest(request, options)
      .catch((error: unknown): SentAnswer => {
        warn?.(
          `a page of the sandbox failed: ${error instanceof Error ? error.message : 'for no reason given'}`,
        );
        return plainPages.failed(now());
      })
      .then((answer) => {
        if (answer && !response.headersSent && !response.destroyed) sendAnswer(request, response, answer);
      })
      .catch(() => response.destroy());
  };
};

/** Undefined: nobody waits for it any more. */
const answerRequest = async (request: IncomingMessage, options: Options): Promise<SentAnswer | undefined> => {
  const { publicUrl, now } = options;
  if (!isOwnHost(request.headers.host, publicUrl)) return plainPages.otherHost(now());
  const address = addressOf(request);
  if (!address) return plainPages.unknown(now());
  const question = { ...address, acceptLanguage: request.headers['accept-language'], now: now() };
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return sent(await answer(options, { ...question, method: 'GET', form: new URLSearchParams() }), now());
    case 'POST':
      return answerPost(request, options, question);
    default:
      return plainPages.wrongMethod('GET, HEAD, POST', now());
  }
};

const answerPost = async (
  request: IncomingMessage,
  options: Options,
  question: Omit<PageQuestion, 'method' | 'form'>,
): Promise<SentAnswer | undefined> => {
  const { origin, referer, 'sec-fetch-site': fetchSite } = request.headers;
  const source = { origin, referer, secFetchSite: fetchSite?.toString() };
  if (!isSameSite(source, ownOriginsOf(options.publicUrl))) return plainPages.otherSite(question.now);
  const reading = await readForm(request);
  switch (reading.kind) {
    case 'form':
      return sent(await answer(options, { ...question, method: 'POST', form: reading.form }), question.now);
    case 'too-large':
      return plainPages.tooLarge(question.now);
    case 'not-a-form':
      return plainPages.notAForm(question.now);
    case 'broken-off':
      return undefined;
    default:
      return reading satisfies never;
  }
};

const sent = (answered: PageAnswer, now: number): SentAnswer =>
  answered.kind === 'wrong-method' ? plainPages.wrongMethod(answered.allowed, now) : answered;

const answer = async (options: Options, asked: PageQuestion): Promise<PageAnswer> => {
  const { actions, controls } = options;
  const [room = '', id = '', ...rest] = asked.path;
  if (rest.length > 0 && room !== 'portal') return plainPages.unknown(asked.now);
  switch (room) {
    case 'checkout':
      return answerCheckout(actions, id, asked);
    case 'challenge':
      return answerChallenge(actions, id, asked);
    case 'portal':
      return answerPortal(actions, asked.path.slice(1), asked);
    case 'invoices':
      return answerInvoice(actions, id, asked);
    default:
      return (
        (id === '' && asked.path.length === 1 ? await answerControl(controls, room, asked) : undefined) ??
        plainPages.unknown(asked.now)
      );
  }
};

/** Undefined: not an address of the sandbox's. Ids are words; what isn't one can't be anybody's. */
const addressOf = (request: IncomingMessage): Pick<PageQuestion, 'path' | 'query'> | undefined => {
  const target = asGiven(request);
  const place = `${target.startsWith('/') ? 'http://localhost' : ''}${target}`;
  if (!URL.canParse(place)) return undefined;
  const { pathname, searchParams } = new URL(place);
  const rest = pathname.slice(hostedPaths.prefix.length);
  if (!pathname.startsWith(hostedPaths.prefix) || (rest !== '' && !rest.startsWith('/'))) return undefined;
  const path = rest.slice(1).split('/');
  return path.every((part) => /^\w{0,255}$/.test(part)) ? { path, query: searchParams } : undefined;
};

/** A router that the pages are mounted in takes their prefix off the address, and keeps it beside. */
const asGiven = (request: IncomingMessage & { readonly originalUrl?: string }): string =>
  request.originalUrl ?? request.url ?? '/';
