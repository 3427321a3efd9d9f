/** How the hosted pages act on the offline Stripe: what each page shows, and what a person can do there. */
import type {
  ChallengeView,
  CheckoutView,
  EventView,
  InvoiceView,
  PortalView,
  PromotionView,
} from './hosted-views.ts';
import type { SandboxControls } from './sandbox.ts';

export type * from './hosted-views.ts';

/** All times are milliseconds. Nothing here throws for what a person typed; an id that nobody knows gives undefined or `gone`. */
export interface HostedActions {
  /** Page `/-/sandbox/checkout/<id>`. */
  checkout(id: string): CheckoutView | undefined;
  /** What the code would take off, without taking it; undefined: no such code, or it can't be used here. */
  promotion(checkoutId: string, code: string): PromotionView | undefined;
  submitCheckout(id: string, submission: CheckoutSubmission): CheckoutOutcome;
  /** Page `/-/sandbox/challenge/<id>`: the bank's question (3-D Secure). Undefined: answered already, or never asked. */
  challenge(id: string): ChallengeView | undefined;
  answerChallenge(id: string, approved: boolean): ChallengeOutcome;
  /** Page `/-/sandbox/portal/<id>`. Undefined: unknown, or older than an hour. */
  portal(id: string): PortalView | undefined;
  /** Those of the portal act only on what belongs to that portal session's customer. */
  cancelAtPeriodEnd(portalId: string, subscriptionId: string): PortalOutcome;
  cancelNow(portalId: string, subscriptionId: string): PortalOutcome;
  /** Takes a cancellation at the period's end back, or goes on with a paused one. */
  resume(portalId: string, subscriptionId: string): PortalOutcome;
  switchPlan(portalId: string, subscriptionId: string, priceId: string): PortalOutcome;
  changeCard(portalId: string, card: CardEntry): PortalOutcome;
  payInvoice(portalId: string, invoiceId: string): PortalOutcome;
  changeEmail(portalId: string, email: string): PortalOutcome;
  /** Page `/-/sandbox/invoices/<id>`. */
  invoice(id: string): InvoiceView | undefined;
}

export interface CheckoutSubmission {
  readonly email?: string;
  readonly name?: string;
  /** `saved`: the card that the customer has already. `bank-debit`: paid in some days. */
  readonly payment: CardEntry | { readonly kind: 'saved' } | BankDebitEntry;
  readonly promotionCode?: string;
}

export interface CardEntry {
  readonly kind: 'card';
  /** As typed; spaces and dashes are let go. */
  readonly number: string;
  readonly expMonth: number;
  /** Two or four digits. */
  readonly expYear: number;
  readonly cvc: string;
}

/** Is `processing` for three days of the sandbox's clock, then succeeds or fails. */
export interface BankDebitEntry {
  readonly kind: 'bank-debit';
  /** Stripe's test IBANs: the ones that end in 3202 fail, all others succeed. */
  readonly iban: string;
}

export interface Refusal {
  /** Field at fault. */
  readonly field?: 'number' | 'expiry' | 'cvc' | 'email' | 'iban' | 'promotion-code';
  /** Stripe's code: `card_declined`, `expired_card`, `incorrect_cvc`, `incorrect_number`, … */
  readonly code: string;
  readonly declineCode?: string;
  /** For the person at the page, in English. */
  readonly message: string;
}

export type CheckoutOutcome =
  | { readonly kind: 'paid'; readonly returnUrl: string }
  /** Complete, but the money comes later; nothing may be given out yet. */
  | { readonly kind: 'processing'; readonly returnUrl: string }
  | { readonly kind: 'needs-authentication'; readonly challengeId: string }
  | ({ readonly kind: 'declined' } & Refusal)
  /** No such checkout, or it is complete or expired. */
  | { readonly kind: 'gone' };

export type ChallengeOutcome =
  | { readonly kind: 'done'; readonly returnUrl: string }
  /** Not approved, or declined all the same; back to the page it came from, which says so. */
  | ({ readonly kind: 'declined'; readonly backUrl: string } & Refusal)
  | { readonly kind: 'gone' };

export type PortalOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'needs-authentication'; readonly challengeId: string }
  | ({ readonly kind: 'declined' } & Refusal)
  /** The portal session, or what was to be changed, isn't there (any more). */
  | { readonly kind: 'gone' };

/** The sandbox's own panel. */
export interface HostedControls extends SandboxControls {
  now(): number;
  /** Newest first, at most `count`. */
  recentEvents(count: number): readonly EventView[];
  /** When something happens next by itself (a renewal, a trial's end, a retry of a payment); undefined: nothing is planned. */
  nextDueAt(): number | undefined;
  /** Sends an event once more to every endpoint. False: unknown. */
  resend(eventId: string): boolean;
}

/** Where the hosted pages are, under the gateway's own address. */
export const hostedPaths = {
  prefix: '/-/sandbox',
  checkout: (id: string): string => `/-/sandbox/checkout/${id}`,
  challenge: (id: string): string => `/-/sandbox/challenge/${id}`,
  portal: (id: string): string => `/-/sandbox/portal/${id}`,
  invoice: (id: string): string => `/-/sandbox/invoices/${id}`,
} as const;
