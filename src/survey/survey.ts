/** What was seen of a site, from which a policy can be written. */
import type { PageSample } from './page-sample.ts';
import type { Signs } from './recognise-systems.ts';

export interface Survey {
  /** Scheme and host that were asked. */
  readonly originUrl: string;
  /** Where readers come to; the site answers to this host, and to no other, where `needsPublicHost`. */
  readonly publicUrl: string;
  readonly needsPublicHost: boolean;
  readonly signs: Signs;
  readonly pages: readonly PageSample[];
  readonly feeds: readonly FeedSeen[];
  readonly lists: readonly ListSeen[];
  readonly names: SiteNames;
  readonly asked: number;
  /** Why it ended before everything was seen that is usually looked at. */
  readonly endedBy?: string;
  /** What else whoever set it up should know, a sentence each. */
  readonly remarks: readonly string[];
}

export interface FeedSeen {
  readonly target: string;
  readonly entries: number;
  readonly kind: 'articles' | 'comments' | 'podcast';
  /** Letters of an entry's text, on average. */
  readonly letters: number;
}

export interface ListSeen {
  readonly target: string;
  readonly addresses: number;
}

export interface SiteNames {
  readonly name?: string;
  readonly language?: string;
  readonly timeZone?: string;
}
