/** One view as the decision log keeps it: all that a rule can look at, and nothing that names a person. */
import type { Article } from '../article/article.ts';
import type { Source } from '../entitlements/entitlement.ts';
import type { Purpose } from '../gate/decide.ts';
import type { MeterStanding, Reason } from '../gate/decision.ts';
import type { Brand } from '../ops/brand.ts';
import type { PolicyVersion, ProductId, RuleId } from '../policy/policy.ts';

/** A keyed hash that changes each month: whose views belong together, never whose they are. */
export type ReaderKey = Brand<string, 'ReaderKey'>;
/** A keyed hash of a network's tag, of the same month. */
export type NetworkKey = Brand<string, 'NetworkKey'>;

/** What conditions of rules can ask of an article; its title and text are nobody's business here. */
export type LoggedArticle = Pick<
  Article,
  'id' | 'path' | 'publication' | 'section' | 'tags' | 'authors' | 'language' | 'ownLevel' | 'publishedAt'
>;

/** `subscriber`: held an active entitlement to any product. */
export type Audience = 'visitor' | 'registered' | 'subscriber';

/** An entitlement that was active when the article was asked for. */
export interface HeldProduct {
  readonly product: ProductId;
  readonly source: Source;
  /** Milliseconds, rounded up to a whole UTC day: the exact second would find its payer among Stripe's. */
  readonly endsAt: number;
  readonly paymentDue?: true;
}

export interface LoggedView {
  /** Milliseconds. */
  readonly at: number;
  readonly article: LoggedArticle;
  readonly reader: ReaderKey;
  readonly audience: Audience;
  /** In the order in which one comes before another where both open the article. */
  readonly held: readonly HeldProduct[];
  /** The live view couldn't be read: `held` is what the reader token said. */
  readonly heldByToken?: true;
  /** The meter was asked and couldn't be read. */
  readonly meterDown?: true;
  readonly purpose: Exclude<Purpose, 'look'>;
  readonly crawler?: true;
  readonly rule: RuleId | 'otherwise';
  readonly outcome: 'full' | 'preview';
  readonly reason: Reason;
  readonly standing?: MeterStanding;
  /** A visitor's: where the visitor's id was made. */
  readonly network?: NetworkKey;
  readonly policyVersion: PolicyVersion;
  readonly nothingToWithhold?: true;
  readonly uncuttable?: true;
  /** Stands for this many readers' views: more than 1 while only some readers were logged. */
  readonly weight: number;
}
