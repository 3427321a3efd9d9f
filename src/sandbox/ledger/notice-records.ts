/** Events, their deliveries, answered requests and settings as the sandbox keeps them. Times are seconds. */
import type { Metadata } from './metadata.ts';

export interface EndpointRecord {
  readonly id: string;
  readonly created: number;
  readonly url: string;
  readonly secret: string;
  readonly enabledEvents: readonly string[];
  readonly enabled: boolean;
  readonly description: string | null;
  readonly metadata: Metadata;
}

export interface EventRecord {
  readonly id: string;
  readonly created: number;
  readonly type: string;
  /** `data` as it goes out. */
  readonly data: { readonly object: object; readonly previous_attributes?: object };
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  /** Endpoints that haven't taken it. */
  readonly pending: number;
}

export interface DeliveryRecord {
  readonly id: string;
  readonly event: string;
  readonly endpoint: string;
  readonly url: string;
  readonly state: 'delivered' | 'given-up' | 'waiting';
  /** Looked up by: null once it doesn't wait any more. */
  readonly queue: 'waiting' | null;
  readonly attempts: number;
  /** Milliseconds of the sandbox's clock. */
  readonly nextAt: number;
  readonly lastAnswer: string | null;
}

/** A request that was answered; its key stays taken for a day. */
export interface KeyRecord {
  readonly id: string;
  readonly created: number;
  /** Of the method, the address and the parameters. */
  readonly hash: string;
  readonly status: number;
  readonly body: object;
  readonly requestId: string;
}

/** What there is one of. */
export interface SettingsRecord {
  readonly id: 'settings';
  readonly secretKey: string;
  /** Milliseconds that the sandbox is ahead of real time. */
  readonly aheadMs: number;
  /** The latest moment that it has shown, in milliseconds: it never goes back behind it. */
  readonly shownMs: number;
  readonly mischief: {
    readonly delayMs: number;
    readonly copies: number;
    readonly shuffle: boolean;
    readonly dropOfTen: number;
  };
  /** What becomes of a subscription when the last attempt to be paid has failed. */
  readonly afterDunning: 'cancel' | 'past_due' | 'unpaid';
}
