/** Every address that isn't Gatefold's own: finds what stands there and sends each reader what the policy gives them. */

import type { IncomingMessage } from 'node:http';
import type { Clock } from '../ops/clock.ts';
import type { Log } from '../ops/log.ts';
import { faultOf } from '../ops/log.ts';
import { andThen } from '../ops/soon.ts';
import { Unfinished } from '../ops/threads.ts';
import { type BadTarget, canonicalTarget } from '../origin/canonical-target.ts';
import type { ClientResponse } from '../origin/client-response.ts';
import { isAddressWithOwnToken } from '../origin/own-tokens.ts';
import type { Answer } from './ask.ts';
import type { Exchange, Source } from './exchange.ts';
import type { Finder } from './find.ts';
import { jsonFormAt } from './json-form.ts';
import { oddAddress } from './odd-address.ts';
import type { PageAddress } from './page-addresses.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { QuestionOf, ShortQuestionOf } from './question.ts';
import type { SendFault } from './send-fault.ts';
import type { AskForStaff } from './staff/answer-staff.ts';
import type { StaffOf } from './staff/staff-of.ts';
import type { StaffVerdict } from './staff/verdict.ts';

/** Why an address is answered 400; the detail of `bad-address`. */
export type BadAddress = BadTarget | 'own-token';

export type HandleArticle = (req: IncomingMessage, res: ClientResponse, source: Source) => void;

interface Dependencies {
  readonly finder: Finder;
  /** What the shelf needs to know: most requests end there, and a whole question costs more than the rest of them. */
  readonly shortQuestion: ShortQuestionOf;
  readonly questionOf: QuestionOf;
  readonly staffOf: StaffOf;
  readonly askForStaff: AskForStaff;
  readonly answer: (answer: Answer, exchange: Exchange) => void | Promise<void>;
  readonly sendFault: SendFault;
  readonly inForce: () => PolicyInForce;
  readonly clock: Clock;
  readonly log: Log;
}

export const createArticleRoutes = (dependencies: Dependencies): HandleArticle => {
  const { finder, shortQuestion, questionOf, staffOf, askForStaff, answer, sendFault, inForce, clock, log } =
    dependencies;

  const refuse = ({ req, res }: Pick<Exchange, 'req' | 'res'>, why: BadAddress): void =>
    sendFault(req, res, 'bad-address', why);

  const giveUp = (exchange: Exchange, error: unknown): void => {
    const isBusy = error instanceof Unfinished;
    if (isBusy) log.warn({ fault: faultOf(error) }, 'too many large pages are waiting to be cut');
    else log.error({ fault: faultOf(error) }, 'a request could not be answered');
    if (exchange.res.headersSent) exchange.res.destroy();
    else sendFault(exchange.req, exchange.res, isBusy ? 'busy' : 'internal');
  };

  const settle = (exchange: Exchange, outcome: void | Promise<void>): void => {
    if (outcome instanceof Promise) outcome.catch((error: unknown) => giveUp(exchange, error));
  };

  const begin = (exchange: Exchange, source: Source): void | Promise<void> => {
    const verdict = source.shareable ? staffOf(exchange.req, exchange, exchange.rules) : 'stranger';
    if (verdict === 'stranger') return asReader(exchange, source);
    return andThen(verdict, (settled) => asWhoever(settled, exchange, source));
  };

  const asWhoever = (verdict: StaffVerdict, exchange: Exchange, source: Source): void | Promise<void> => {
    if (exchange.res.destroyed) return undefined;
    switch (verdict) {
      case 'staff':
        return askForStaff(questionOf(exchange, source), exchange).then((asked) => answer(asked, exchange));
      case 'stranger':
        return asReader(exchange, source);
      case 'unknown':
        // A text that is cut on its way to somebody who edits it would be saved cut.
        if (isEdited(exchange)) return sendFault(exchange.req, exchange.res, 'staff-unknown');
        return asReader(exchange, source);
      default:
        return verdict satisfies never;
    }
  };

  const asReader = (exchange: Exchange, source: Source): void | Promise<void> => {
    const kept = source.shareable
      ? finder.peek(shortQuestion(exchange), exchange.now, exchange.rules)
      : undefined;
    if (kept) return answer(kept, exchange);
    return finder.find(questionOf(exchange, source), exchange.rules).then((found) => answer(found, exchange));
  };

  /** Where texts are edited, as far as addresses tell. */
  const isEdited = (exchange: Exchange): boolean =>
    /\/(?:wp-admin|ghost)\//.test(exchange.path) || jsonFormAt(exchange, exchange.rules) !== undefined;

  return (req, res, source) => {
    const rules = inForce();
    const address = addressOf(req.url ?? '/', rules);
    if (address === 'asterisk') {
      // A question about the server itself, which no origin behind it can answer.
      res.writeHead(204, ['Allow', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS']);
      res.end();
      return;
    }
    if (typeof address === 'string') {
      refuse({ req, res }, address);
      return;
    }
    const { target, path } = address;
    if (isAddressWithOwnToken(target)) {
      refuse({ req, res }, 'own-token');
      return;
    }
    const exchange = { req, res, method: req.method ?? 'GET', target, path, rules, now: clock() };
    try {
      settle(exchange, begin(exchange, source));
    } catch (error) {
      giveUp(exchange, error);
    }
  };
};

const addressOf = (raw: string, rules: PolicyInForce): PageAddress | BadTarget => {
  const canonical = canonicalTarget(raw);
  return canonical.kind === 'ok' ? canonical : (oddAddress(raw, rules) ?? canonical.why);
};
