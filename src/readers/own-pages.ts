/** What the routes of every page that belongs to a reader are given. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../ops/clock.ts';
import type { Identity } from './identity.ts';
import type { PolicyWithMessages } from './send-page.ts';
import type { VisitorNumberOf } from './visitor-number.ts';

export interface OwnPages {
  readonly identityOf: (request: IncomingMessage, now: number) => Identity | Promise<Identity>;
  readonly inForce: () => PolicyWithMessages;
  /** What pages say at their foot of who asks. */
  readonly visitorNumberOf?: VisitorNumberOf;
  /** `https://host[:port]`. */
  readonly publicUrl: string;
  /** Where else this site's own pages may be open; the sandbox is both `localhost` and `127.0.0.1`. */
  readonly otherOrigins?: readonly string[];
  readonly clock: Clock;
  /** Told of what readers are not: failures of stores, of mail and of Stripe. */
  readonly report: (error: unknown) => void;
}
