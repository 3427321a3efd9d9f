/** The offline Stripe as the rest of Gatefold sees it: an address, a key, a clock that can be moved, and mischief. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Policy } from '../policy/policy.ts';

export interface Sandbox {
  /** `http://127.0.0.1:<port>`: what the SDK is pointed at. */
  readonly apiBase: string;
  /** `sk_test_…`, made anew for each data directory. */
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Milliseconds; what every time in the sandbox is. Gatefold takes it for its own while the sandbox runs. */
  now(): number;
  /** Hosted checkout, portal and the sandbox's own controls, under `/-/sandbox/`; mounted in the gateway. */
  handlePage(req: IncomingMessage, res: ServerResponse): void;
  /** The policy's plans become prices: one that isn't there yet is made, with an amount by its interval and by how much it opens. Ids are the plans' own. */
  offer(policy: Policy): void;
  readonly controls: SandboxControls;
  /** Everything kept is on disk; webhooks under way are kept for the next start. */
  close(): Promise<void>;
}

export interface SandboxControls {
  /** Runs everything that is due on the way, in order: renewals, trial ends, dunning, retries of webhooks. Never backwards. */
  moveClock(to: number): Promise<void>;
  /** What happens to webhooks from now on. */
  setMischief(mischief: Mischief): void;
  mischief(): Mischief;
  /** Waits until no webhook is under way or due now. */
  settled(): Promise<void>;
}

export interface Mischief {
  /** Milliseconds, real time, before each is sent. */
  readonly delayMs: number;
  /** Each is sent this many times. */
  readonly copies: number;
  /** Deliveries that wait are sent in a random order instead of their own. */
  readonly shuffle: boolean;
  /** Of ten, so many are never sent (and count as failed). */
  readonly dropOfTen: number;
}

export interface SandboxOptions {
  /** Where its state is kept; absent: in memory. */
  readonly directory?: string;
  /** Where its hosted pages are reached: the gateway's own address, a local one; anything else is refused. */
  readonly publicUrl: string;
  /** The first endpoint: where webhooks go. Others can be made by the API. */
  readonly webhookUrl: string;
  /** Real milliseconds. */
  readonly realNow: () => number;
  readonly random: (bytes: number) => string;
  readonly warn: (message: string) => void;
}
