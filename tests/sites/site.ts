/** What every kind of site here is to those who try Gatefold in front of it. */
import type { SiteArticle } from './articles.ts';

export interface SitePlace {
  /** Its own, and empty unless an earlier run left it. */
  readonly folder: string;
  readonly port: number;
  /** Where readers will reach it: the gate's address. */
  readonly publicUrl: string;
}

export interface PlacedArticle {
  readonly article: SiteArticle;
  /** Canonical, as a browser asks for it. Several where the site has the article at several addresses of their own. */
  readonly paths: readonly string[];
}

export interface Site {
  readonly articles: readonly PlacedArticle[];
  /** Addresses that nothing leads to. */
  readonly doors: readonly Door[];
  /** The policy that its publisher would write. */
  readonly policy: string;
  /** What is made for systems of its kind, tried in it. */
  readonly tryIntegration?: TryIntegration;
  stop(): Promise<void>;
}

/** A request that some program makes of a site of this kind. */
export interface Door {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Gives back what is wrong, a sentence each. */
export type TryIntegration = (tell: (what: string) => void) => Promise<readonly string[]>;

export type MakeSite = (place: SitePlace) => Promise<Site>;
