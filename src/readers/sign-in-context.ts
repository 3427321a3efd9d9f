/** What the routes of signing in are given, and what they share. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../ops/clock.ts';
import type { Identity } from './identity.ts';
import type { LimitAnswer, SignInLimits } from './rate-limits.ts';
import type { ReaderStore } from './reader-store.ts';
import type { PolicyWithMessages } from './send-page.ts';
import type { SignIn } from './sign-in.ts';
import type { FormRequest, SignInPages } from './sign-in-pages.ts';
import type { VisitorNumberOf } from './visitor-number.ts';

export interface SignInRoutesOptions {
  readonly signIn: SignIn;
  readonly limits: SignInLimits;
  readonly store: Pick<ReaderStore, 'revokeDevice' | 'byId'>;
  readonly identityOf: (request: IncomingMessage, now: number) => Identity | Promise<Identity>;
  /** Names the network that a request came from, whatever cookies it brought. */
  readonly networkOf: (request: IncomingMessage, now: number) => string;
  readonly inForce: () => PolicyWithMessages;
  /** What pages say at their foot of who asks. */
  readonly visitorNumberOf?: VisitorNumberOf;
  /** `https://host[:port]`. */
  readonly publicUrl: string;
  /** Where else this site's own pages may be open; the sandbox is both `localhost` and `127.0.0.1`. */
  readonly otherOrigins?: readonly string[];
  readonly clock: Clock;
  /** Told of what readers are not: failures of mail and store. */
  readonly report: (error: unknown) => void;
}

export interface SignInContext extends SignInRoutesOptions {
  readonly secure: boolean;
  readonly pages: SignInPages;
  /** True: it was too much, and that has been answered. */
  readonly answeredTooMany: (
    limits: readonly LimitAnswer[],
    request: FormRequest,
    response: ServerResponse,
  ) => boolean;
}
