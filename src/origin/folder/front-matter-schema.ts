/** What an article may say of itself, in front matter or in its HTML's meta tags. */
import { z } from 'zod';
import { cleanLine } from './clean-text.ts';
import { canonicalLanguage } from './language.ts';
import { slugOf } from './slug.ts';

export type FrontMatter = z.output<typeof frontMatterSchema>;

/** Every key that is read; others are left alone unless they look like one of these misspelt. */
export const FRONT_MATTER_KEYS = [
  'title',
  'publication',
  'section',
  'author',
  'published',
  'updated',
  'language',
  'tags',
  'summary',
  'access',
  'slug',
  'image',
] as const;

const line = (maximum: number, remedy: string) =>
  z
    .string({ error: remedy })
    .transform(cleanLine)
    .pipe(z.string().min(1, remedy).max(maximum, `Write at most ${maximum} characters.`));

const list = (maximum: number, remedy: string) =>
  z.union(
    [
      line(maximum, remedy).transform((one) => [one]),
      z.array(line(maximum, remedy)).max(40, 'Write at most 40.'),
    ],
    {
      error: remedy,
    },
  );

const DATE_REMEDY = 'Write a date such as 2026-05-31 or 2026-05-31T08:00:00Z.';
const moment = z
  .string({ error: DATE_REMEDY })
  .regex(/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|[+-]\d\d:?\d\d))?)?$/, DATE_REMEDY)
  .transform((text) => Date.parse(withZone(text)))
  .refine((time) => Number.isFinite(time), DATE_REMEDY);

const language = z
  .string({ error: 'Write a language tag such as en or zh-Hans.' })
  .refine((tag) => canonicalLanguage(tag) !== undefined, 'Write a language tag such as en or zh-Hans.')
  .transform((tag) => canonicalLanguage(tag) ?? tag);

/** Words that already mean another address below a publication. */
const RESERVED_SLUGS: ReadonlySet<string> = new Set(['section', 'feed', 'atom']);
const SLUG_REMEDY = 'Write letters and digits joined by single hyphens, and not "section", "feed" or "atom".';
export const slugSchema = z
  .string({ error: SLUG_REMEDY })
  .refine((slug) => slug !== '' && slugOf(slug) === slug && !RESERVED_SLUGS.has(slug), SLUG_REMEDY);

const ACCESS_REMEDY = 'Write open, registered, metered or locked, or leave the line out.';

export const frontMatterSchema = z.object({
  title: line(300, 'Write the title: title: "…".'),
  publication: line(120, 'Write the publication’s id: publication: …'),
  section: line(80, 'Write one section’s name.')
    .refine(givesAddress, 'Write a name with letters in it.')
    .optional(),
  author: list(120, 'Write a name, or a list of names.').default([]),
  published: moment,
  updated: moment.optional(),
  language: language.optional(),
  tags: list(60, 'Write a list of words: tags: [sea, work].')
    .refine((tags) => tags.every(givesAddress), 'Write tags with letters in them.')
    .default([]),
  summary: line(600, 'Write a sentence or two.').optional(),
  access: z.enum(['open', 'registered', 'metered', 'locked'], { error: ACCESS_REMEDY }).optional(),
  slug: slugSchema.optional(),
  image: line(500, 'Write the image’s address.')
    .refine(isSafeAddress, 'Write an https:// address or one beginning with /.')
    .optional(),
});

/** Sections and tags have pages of their own. */
function givesAddress(name: string): boolean {
  return slugOf(name) !== '';
}

function isSafeAddress(address: string): boolean {
  return /^https?:\/\//i.test(address) || /^\/(?![/\\])/.test(address);
}

/** A time without a zone would mean the server's, and change with the machine. */
function withZone(text: string): string {
  const iso = text.replace(' ', 'T').replace(/ (?=Z|[+-])/, '');
  return iso.length > 10 && !/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? `${iso}Z` : iso;
}
