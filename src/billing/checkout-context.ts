/** What the routes of checkout are given, and what they share. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../ops/clock.ts';
import type { ErrorCode } from '../pages/error-page.tsx';
import type { Identity } from '../readers/identity.ts';
import type { Limit } from '../readers/rate-limits.ts';
import type { PolicyWithMessages, SendPage } from '../readers/send-page.ts';
import type { StartDevice } from '../readers/start-device.ts';
import type { VisitorNumberOf } from '../readers/visitor-number.ts';
import type { BeginCheckout } from './begin-checkout.ts';
import type { FinishCheckout } from './finish-checkout.ts';

export interface CheckoutRoutesOptions {
  readonly begin: BeginCheckout;
  readonly finish: FinishCheckout;
  readonly startDevice: StartDevice;
  readonly limit: Limit;
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
  /** Told of what readers are not: failures of Stripe and of the store. */
  readonly report: (error: unknown) => void;
}

export interface CheckoutContext extends CheckoutRoutesOptions {
  readonly secure: boolean;
  readonly origins: readonly string[];
  readonly sendPage: SendPage;
  readonly sendFault: (
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    code: ErrorCode,
    retryAt?: string,
  ) => void;
}
