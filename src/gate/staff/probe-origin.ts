/** One question to the origin, of which nothing but the status is wanted: no redirect is followed, no body read. */
import type { ForwardHeaders } from '../../origin/forward-headers.ts';
import type { Origin, OriginExchange } from '../../origin/origin.ts';
import type { AskProbe } from './keep-verdicts.ts';
import { type ProbeAnswer, probeAnswerOf } from './verdict.ts';

interface Options {
  readonly origin: Origin;
  readonly forward: ForwardHeaders;
  readonly publicUrl: string;
}

/** Whoever waits for it waits for a page: an origin that needs longer is in trouble. */
const patienceMs = 10_000;
/** An address of the kind kept for documents: one of this machine's own might be let in as a neighbour. */
export const strangersAddress = '192.0.2.1';

export const createProbeOrigin =
  ({ origin, forward, publicUrl }: Options): AskProbe =>
  (address, credentials, asker) => {
    const { cookie, authorization, nonce } = credentials ?? {};
    const raw = [
      ...['Accept', '*/*', 'Accept-Encoding', 'gzip'],
      // Systems that bind a session to the browser it began in, or to pages of their own, are asked as from there.
      ...['User-Agent', asker?.userAgent ?? 'Gatefold', 'Referer', `${publicUrl}${address}`],
      ...(cookie === undefined ? [] : ['Cookie', cookie]),
      ...(authorization === undefined ? [] : ['Authorization', authorization]),
      ...(nonce === undefined ? [] : ['X-WP-Nonce', nonce]),
    ];
    const headers = forward(raw, { forwardedFor: asker?.forwardedFor ?? strangersAddress });
    return new Promise((resolve) => {
      let exchange: OriginExchange | undefined;
      let over = false;
      const end = (answer: ProbeAnswer): void => {
        over = true;
        clearTimeout(impatience);
        // The head may come before there is an exchange to end.
        queueMicrotask(() => exchange?.abort());
        resolve(answer);
      };
      const impatience = setTimeout(() => end('trouble'), patienceMs);
      exchange = origin.ask(
        { method: 'GET', target: address, headers },
        {
          head: ({ status }) => {
            if (!over) end(probeAnswerOf(status));
          },
          data: () => true,
          end: () => undefined,
          fail: () => {
            if (!over) end('trouble');
          },
        },
      );
    });
  };
