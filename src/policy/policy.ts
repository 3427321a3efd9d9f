/** The publisher's rules as the rest of the code reads them: checked, defaults filled in, references resolved to ids. */
import type { AccessLevel } from '../article/article.ts';
import type { Brand } from '../ops/brand.ts';

export type MeterId = Brand<string, 'MeterId'>;
export type ProductId = Brand<string, 'ProductId'>;
export type PlanId = Brand<string, 'PlanId'>;
export type RuleId = Brand<string, 'RuleId'>;
/** Short hash of the policy's content: equal content, equal version. */
export type PolicyVersion = Brand<string, 'PolicyVersion'>;

export interface Policy {
  readonly version: PolicyVersion;
  readonly site: Site;
  readonly publications: readonly Publication[];
  readonly products: readonly Product[];
  readonly plans: readonly Plan[];
  readonly meters: readonly Meter[];
  readonly articles: ArticleFinding;
  /** First match wins. */
  readonly rules: readonly Rule[];
  /** Applies when no rule matches. */
  readonly otherwise: RuleTerms;
  readonly preview: PreviewPolicy;
  readonly whenDown: WhenDown;
  readonly billing: BillingPolicy;
  readonly devices: DevicePolicy;
  readonly originCache: OriginCachePolicy;
  readonly originHeaders: OriginHeadersPolicy;
  readonly staff: StaffPolicy;
  readonly sentry: SentryPolicy;
  /** Locale -> message key -> text, laid over the built-in messages. */
  readonly messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Site {
  readonly name: string;
  /** BCP 47. */
  readonly language: string;
  /** IANA name; calendar windows begin and end at its midnights. */
  readonly timeZone: string;
  /** Where a reader can write to. */
  readonly contact?: string;
}

export interface Publication {
  readonly id: string;
  readonly name: string;
  /** Path globs: an article under one of them belongs to this publication. */
  readonly paths: readonly string[];
  readonly tagline?: string;
}

export interface Product {
  readonly id: ProductId;
  readonly name: string;
  readonly description?: string;
}

export interface Plan {
  readonly id: PlanId;
  readonly name: string;
  readonly description?: string;
  readonly products: readonly ProductId[];
  /** Stripe price id, once billing is set up. */
  readonly price?: string;
  readonly interval?: 'day' | 'week' | 'month' | 'year';
  /** Days before the first payment, for readers who never had a subscription. */
  readonly trialDays?: number;
  /** Checkout takes promotion codes. */
  readonly promotionCodes: boolean;
  /** A pass: paid once, and good for this many days. Absent: a subscription. */
  readonly passDays?: number;
  /** Offered at the articles that this holds for; absent: wherever one of its products opens the article. */
  readonly offeredAt?: Conditions;
}

export interface BillingPolicy {
  /** Access goes on this long after money was owed and not paid. */
  readonly graceDays: number;
  /** The latest payment was given back in full. */
  readonly refunded: 'stop' | 'keep';
  readonly disputed: 'stop' | 'keep';
  /** How often everything is compared with Stripe. */
  readonly reconcileMinutes: number;
}

export interface DevicePolicy {
  /** The oldest gives way to one more; absent: as many as a reader likes. */
  readonly allowed?: number;
}

export type WindowRule =
  | { readonly kind: 'day' | 'week' | 'month' }
  | { readonly kind: 'rolling'; readonly days: number };

export interface Meter {
  readonly id: MeterId;
  /** Off: nobody gets a free read from it (an article ruled by it is locked); that is not the same as no meter. */
  readonly on: boolean;
  readonly window: WindowRule;
  readonly allowance: { readonly visitor: number; readonly registered: number };
  /** At most this many new visitors per network and window get free reads; absent: no limit. */
  readonly networkAllowance?: number;
}

/** How a page is recognised as an article, and where its text is. */
export interface ArticleFinding {
  /** Path globs that are articles whatever they contain. */
  readonly paths: readonly string[];
  /** Path globs never inspected: they stream through. */
  readonly ignore: readonly string[];
  /** Recognise articles by JSON-LD, og:type, article:content_tier. */
  readonly metadata: boolean;
  /** CSS selectors of the body, tried in order; the first that finds something wins. */
  readonly body: readonly string[];
  readonly json: readonly JsonForm[];
  /** The first that covers a feed's path; where none does, it is cut. */
  readonly feeds: readonly FeedRule[];
}

export type FeedWay = 'cut' | 'exclude' | 'pass';

export interface FeedRule {
  readonly paths: readonly string[];
  readonly way: FeedWay;
}

export interface JsonForm {
  readonly paths: readonly string[];
  /** JSON Pointers to the article's text; `*` stands for every element of an array. */
  readonly body: readonly string[];
  /** Nobody wrote it into the policy: an answer without text at these places is no article. */
  readonly builtIn?: true;
}

export interface Rule extends RuleTerms {
  readonly id: RuleId;
  readonly when: Conditions;
}

/** All that are given must hold; within one, any value. An empty object holds for every article. */
export interface Conditions {
  readonly publication?: readonly string[];
  readonly section?: readonly string[];
  readonly tag?: readonly string[];
  readonly author?: readonly string[];
  readonly path?: readonly string[];
  readonly language?: readonly string[];
  /** The article's own level. */
  readonly level?: readonly AccessLevel[];
  /** Days since publication, half-open `[olderThanDays, newerThanDays)`; an article without a date matches neither. */
  readonly olderThanDays?: number;
  readonly newerThanDays?: number;
}

export interface RuleOutcome {
  readonly access: AccessLevel;
  /** Required when access is metered. */
  readonly meter?: MeterId;
  /** An entitlement to any of these opens the article. Never empty unless the article is open. */
  readonly products: readonly ProductId[];
  readonly cutoff: Cutoff;
}

/** What a rule says, before it meets an article. */
export interface RuleTerms extends RuleOutcome {
  /** An article that states its own level gets that level; `access` is for those that state none. */
  readonly ownLevelFirst?: boolean;
}

export type CutoffMeasure = 'characters' | 'words' | 'paragraphs' | 'percent';
export type Cutoff =
  | {
      readonly by: CutoffMeasure;
      readonly count: number;
      readonly ending: 'exact' | 'word' | 'sentence';
      /** No more than this share of the text, in percent, however short it is; absent: all of it may be given away. */
      readonly atMost?: number;
    }
  /**
   * The article's own mark: a comment `<!--more-->`-like text or a CSS selector; where it is missing, or nothing comes after
   * it, `fallback` cuts.
   */
  | { readonly by: 'marker'; readonly marker: string; readonly fallback: CountedCutoff };
export type CountedCutoff = Extract<Cutoff, { by: CutoffMeasure }>;

export interface PreviewPolicy {
  /** "More from" cards after the prompt. */
  readonly moreFrom: boolean;
  readonly related: boolean;
  /** "2 of 3 free articles left" on metered reads. */
  readonly notice: boolean;
  /** `drop`: a preview whose page data had to be cleaned goes without the framework's scripts. */
  readonly hydration: 'drop' | 'keep';
}

export interface WhenDown {
  /** Free reads can't be counted. */
  readonly meter: 'preview' | 'full';
  /** The live entitlements can't be read: trust the reader token's snapshot, or not. */
  readonly entitlements: 'token' | 'preview';
}

export interface OriginHeadersPolicy {
  /** Globs of names, in any case: these pass, though they command what stands in front of Gatefold. */
  readonly pass: readonly string[];
}

/** What is read for withheld text on its way out, and how the site's articles are learnt. */
export interface SentryPolicy {
  readonly on: boolean;
  /** Path globs that are never read. */
  readonly pass: readonly string[];
  /** Path globs that are refused where withheld text is found, instead of being cleaned. */
  readonly stop: readonly string[];
  /** The first that holds for an address names the article behind it. */
  readonly forms: readonly AddressForm[];
  readonly learn: LearnPolicy;
  /** For what is known of articles. Taken at the start. */
  readonly memoryMiB: number;
}

/** Each holds `{article}` once: where the article's path stands in the address, and where in the article's own. */
export interface AddressForm {
  readonly path: string;
  readonly article: string;
}

export interface LearnPolicy {
  readonly on: boolean;
  /** Questions to the origin. */
  readonly perSecond: number;
  /** Addresses that are kept in mind. */
  readonly maxArticles: number;
  readonly everyMinutes: number;
}

export interface OriginCachePolicy {
  /** For an article whose origin states no freshness. 0: keep nothing. */
  readonly seconds: number;
  /** Served this long past its freshness while a new copy is fetched, or while the origin is down. */
  readonly staleSeconds: number;
  /** Cookie-name globs that make an origin's page personal: fetched for that reader alone and never kept. */
  readonly personalCookies: readonly string[];
  /** Cookie-name globs, beyond the built-in ones: whoever has or sets but these has or sets none. */
  readonly harmlessCookies: readonly string[];
  /** Names of headers that copies are kept apart by, beyond those that the origin names in `Vary`. */
  readonly vary: readonly string[];
  /** What a copy that depends on `User-Agent` is asked for with: one browser for each kind of device, or what readers say. */
  readonly userAgents: 'device' | 'exact';
  /** BCP 47: readers' languages are reduced to these where a copy depends on them. Empty: as readers say. */
  readonly languages: readonly string[];
}

/** Staff: people of the publisher's own system, to whom the origin answers what it answers nobody else. */
export interface StaffPolicy {
  /** `wordpress`, `ghost`, or addresses that only staff get with success; none: nobody is staff. */
  readonly probe: readonly string[];
  /** Name globs of the cookies that make somebody staff; absent: the system's own, else any. */
  readonly cookies?: readonly string[];
}
