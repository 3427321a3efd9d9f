/** What `site.yaml` in the content folder may say: the site's name and its publications. */
import { z } from 'zod';
import { cleanLine } from './clean-text.ts';
import { canonicalLanguage } from './language.ts';

/** Picks the masthead and the kind of cover art. */
export type Character = 'tidal' | 'lamplit';

export interface SitePublication {
  readonly id: string;
  readonly name: string;
  readonly tagline?: string | undefined;
  readonly description?: string | undefined;
  readonly character: Character;
  /** `#rrggbb`, legible on the page's ground in each scheme. */
  readonly accent?: { readonly light: string; readonly dark: string } | undefined;
}

export interface SiteFacts {
  readonly name: string;
  readonly tagline?: string | undefined;
  readonly description?: string | undefined;
  /** BCP 47, for pages that belong to no single article. */
  readonly language: string;
  /** IANA name; dates are shown in it. */
  readonly timeZone: string;
  /** Shown at the top of every page, after the publications. */
  readonly links: readonly { readonly name: string; readonly to: string }[];
  /** Empty when the publications are to be taken from the articles. */
  readonly publications: readonly SitePublication[];
}

/** First parts of addresses that the site keeps for itself. */
export const RESERVED_PUBLICATIONS: ReadonlySet<string> = new Set(['art', 'assets', 'tag']);

const line = (maximum: number) =>
  z
    .string({ error: 'Write a line of text.' })
    .transform(cleanLine)
    .pipe(z.string().min(1, 'Write a line of text.').max(maximum));

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'Write a colour as "#rrggbb", in quotes.');

const publicationId = z
  .string({ error: 'Write an id such as "review".' })
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'Write an id of small letters, digits and single hyphens, such as "evening-review".',
  )
  .refine(
    (id) => !RESERVED_PUBLICATIONS.has(id),
    `Write another id: ${[...RESERVED_PUBLICATIONS].join(', ')} are taken.`,
  );

const publication = z.strictObject({
  id: publicationId,
  name: line(120),
  tagline: line(200).optional(),
  description: line(500).optional(),
  character: z.enum(['tidal', 'lamplit'], { error: 'Write "tidal" or "lamplit".' }).default('tidal'),
  accent: z.strictObject({ light: colour, dark: colour }).optional(),
});

export const siteSchema = z.strictObject({
  name: line(120).default('Articles'),
  tagline: line(200).optional(),
  description: line(500).optional(),
  language: z
    .string()
    .refine((tag) => canonicalLanguage(tag) !== undefined, 'Write a language tag such as "en" or "zh-Hans".')
    .transform((tag) => canonicalLanguage(tag) ?? 'en')
    .default('en'),
  timeZone: z.string().refine(isTimeZone, 'Write a time zone such as "Europe/Lisbon".').default('UTC'),
  links: z
    .array(
      z.strictObject({
        name: line(40),
        to: z.string().regex(/^(https?:\/\/|\/(?!\/))/, 'Write an address beginning with / or https://.'),
      }),
    )
    .default([]),
  publications: z
    .array(publication)
    .refine(
      (all) => new Set(all.map(({ id }) => id)).size === all.length,
      'Give every publication an id of its own.',
    )
    .default([]),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
