/** Which systems make a site, by what its answers say of them, and what each of them means for the policy. */
import type { PageToken } from '../article/parsed-page.ts';
import type { HeaderPairs } from '../origin/origin.ts';
import { headerOf } from './ask-site.ts';

export const systemNames = ['wordpress', 'ghost', 'hugo', 'next', 'sveltekit', 'nuxt', 'astro'] as const;
export type SystemName = (typeof systemNames)[number];

export interface Signs {
  readonly systems: ReadonlyMap<SystemName, string>;
  /** What the pages call what made them, where it is none of those above. */
  readonly generator?: string;
  /** Where WordPress lives, when that isn't the site's root: `/blog`. */
  readonly wordPressBase?: string;
  readonly shop: boolean;
}

export interface SignsOfPage {
  readonly headers: HeaderPairs;
  readonly html: string;
  readonly tokens: readonly PageToken[];
  /** `<meta name=generator>`, every one. */
  readonly generators: readonly string[];
}

/** The words are what was seen, for whoever wants to know why. */
export const recogniseSystems = (pages: readonly SignsOfPage[]): Signs => {
  const systems = new Map<SystemName, string>();
  const note = (name: SystemName, seen: string | undefined): void => {
    if (seen !== undefined && !systems.has(name)) systems.set(name, seen);
  };
  let generator: string | undefined;
  let wordPressBase: string | undefined;
  let shop = false;
  for (const { headers, html, generators } of pages) {
    for (const each of generators) {
      const known = GENERATORS.find(([pattern]) => pattern.test(each));
      if (known) note(known[1], `its pages say “${each.slice(0, 60)}”`);
      else generator ??= each.slice(0, 60);
    }
    const link = headerOf(headers, 'link') ?? '';
    const poweredBy = headerOf(headers, 'x-powered-by') ?? '';
    note('wordpress', /api\.w\.org/.test(link) ? 'a Link header names its REST API' : undefined);
    note('next', /^next\.js/i.test(poweredBy) ? 'X-Powered-By: Next.js' : undefined);
    note('sveltekit', headerOf(headers, 'x-sveltekit-page') === undefined ? undefined : 'X-Sveltekit-Page');
    for (const [name, pattern, seen] of MARKS) note(name, pattern.test(html) ? seen : undefined);
    const [, base = ''] =
      /["'](?:https?:\/\/[^/"']+)?((?:\/[\w.-]{1,60}){0,3})\/wp-(?:content|includes)\//.exec(html) ?? [];
    if (base !== '') wordPressBase ??= base;
    shop ||= /\bwoocommerce\b/i.test(html);
  }
  return {
    systems,
    shop: shop && systems.has('wordpress'),
    ...(generator === undefined ? {} : { generator }),
    ...(wordPressBase === undefined ? {} : { wordPressBase }),
  };
};

const GENERATORS: readonly (readonly [RegExp, SystemName])[] = [
  [/^wordpress\b/i, 'wordpress'],
  [/^ghost\b/i, 'ghost'],
  [/^hugo\b/i, 'hugo'],
  [/^next\.?js\b/i, 'next'],
  [/^sveltekit\b/i, 'sveltekit'],
  [/^nuxt\b/i, 'nuxt'],
  [/^astro\b/i, 'astro'],
];

/** In the pages' own source; each begins with something rare, so that it is looked for in one go. */
const MARKS: readonly (readonly [SystemName, RegExp, string])[] = [
  ['wordpress', /\/wp-(?:content|includes)\//, 'its pages load files from /wp-content or /wp-includes'],
  ['ghost', /data-ghost=|\/ghost\/api\/content\/|ghost-portal-root/, 'its pages load Ghost’s own scripts'],
  ['next', /\/_next\/static\/|self\.__next_f|id="__NEXT_DATA__"/, 'its pages load files from /_next'],
  [
    'sveltekit',
    /__sveltekit_|\/_app\/immutable\/|data-sveltekit-/,
    'its pages load files from /_app/immutable',
  ],
  ['nuxt', /\/_nuxt\/|__NUXT_DATA__|window\.__NUXT__/, 'its pages load files from /_nuxt'],
  ['astro', /<astro-island|\/_astro\//, 'its pages load files from /_astro'],
];

/** Names in words, as a report has them. */
export const systemWords: Readonly<Record<SystemName, string>> = {
  wordpress: 'WordPress',
  ghost: 'Ghost',
  hugo: 'Hugo',
  next: 'Next.js',
  sveltekit: 'SvelteKit',
  nuxt: 'Nuxt',
  astro: 'Astro',
};

/** Cookies that make a page somebody's own, beside what everybody's policy counts as such. */
export const cookiesOf = ({ systems, shop }: Pick<Signs, 'systems' | 'shop'>): readonly string[] => [
  ...(systems.has('wordpress') ? ['wordpress_*', 'wp_*', 'comment_author_*'] : []),
  ...(shop ? ['woocommerce_*'] : []),
  ...(systems.has('ghost') ? ['ghost-members-ssr*', 'ghost-private*'] : []),
  ...(systems.has('next') ? ['__prerender_bypass', '__next_preview_data'] : []),
];

/** Where themes of these systems have the text, the usual place first. */
export const bodiesOf = (systems: ReadonlyMap<SystemName, string>): readonly string[] => [
  ...(systems.has('wordpress') ? ['.entry-content', '.wp-block-post-content'] : []),
  ...(systems.has('ghost') ? ['.gh-content', '.post-full-content', '.post-content'] : []),
  ...(systems.has('hugo') ? ['.post-content', '.article-content', '.post-body', '.content'] : []),
];
