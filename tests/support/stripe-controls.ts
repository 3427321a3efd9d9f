/** What tests need of a server of Stripe's kind: where it is, and what Stripe's API can't do. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EventView, HostedActions } from '../../src/sandbox/hosted.ts';
import type { Mischief } from '../../src/sandbox/sandbox.ts';

export interface StripeServer {
  readonly apiBase: string;
  readonly secretKey: string;
  /** Of the endpoint that the webhook address was made. */
  readonly webhookSecret: string;
  /** Milliseconds; the server's time. */
  now(): number;
  readonly controls: StripeControls;
  /** What a person does at the hosted pages. */
  readonly actions: Promised<HostedActions>;
  /** So many subscriptions to the price, without events. Answers how many were made. */
  seedSubscriptions(count: number, price: string): Promise<number>;
  /** Any other control, by its address: `/sandbox/faults`, `/sandbox/disputes`, … */
  order(path: string, order: object): Promise<Readonly<Record<string, unknown>>>;
  /** The hosted pages, where they are this process's own; elsewhere their server answers them. */
  handlePage(req: IncomingMessage, res: ServerResponse): void;
  /** On another server: what was made since the opening no longer renews, sends or disturbs anything. */
  close(): Promise<void>;
}

/** What tests order beside Stripe's API. */
export interface StripeControls {
  moveClock(to: number): Promise<void>;
  setMischief(mischief: Mischief): Promise<void>;
  settled(): Promise<void>;
  /** Newest first, at most a hundred. */
  recentEvents(): Promise<readonly EventView[]>;
  resend(eventId: string): Promise<boolean>;
}

export type Promised<T> = {
  readonly [Name in keyof T]: T[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Result>
    : never;
};
