/** What the routes of checkout are given, and what they share. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../pages/error-page.tsx';
import type { OwnPages } from '../readers/own-pages.ts';
import type { Limit } from '../readers/rate-limits.ts';
import type { SendPage } from '../readers/send-page.ts';
import type { StartDevice } from '../readers/start-device.ts';
import type { BeginCheckout } from './begin-checkout.ts';
import type { FinishCheckout } from './finish-checkout.ts';
import type { SaleSteps } from './sale-steps.ts';

export interface CheckoutRoutesOptions extends OwnPages {
  readonly begin: BeginCheckout;
  readonly finish: FinishCheckout;
  readonly startDevice: StartDevice;
  /** Of checkouts begun, per network. */
  readonly limit: Limit;
  /** Of checkouts begun, per reader, or per visitor where nobody is signed in; absent: none. */
  readonly readerLimit?: Limit;
  /** Of return addresses, per network; absent: none. */
  readonly returnLimit?: Limit;
  /** Names the network that a request came from, whatever cookies it brought. */
  readonly networkOf: (request: IncomingMessage, now: number) => string;
  /** Absent: nobody counts. */
  readonly saleSteps?: Pick<SaleSteps, 'checkoutBegun'>;
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
