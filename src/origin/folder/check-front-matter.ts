/** Checks what an article says of itself, and gathers every fault with the line it stands on. */
import { FRONT_MATTER_KEYS, type FrontMatter, frontMatterSchema, slugSchema } from './front-matter-schema.ts';
import { likelyMisspelling } from './likely-misspelling.ts';
import type { SiteFacts } from './site-schema.ts';
import { slugOf } from './slug.ts';
import type { ContentFault } from './stored-article.ts';

export interface StatedFields {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly lineOf: (key: string) => number;
}

export type CheckedFrontMatter =
  | {
      readonly kind: 'checked';
      readonly facts: FrontMatter;
      /** Its id. */
      readonly publication: string;
      readonly slug: string;
    }
  | { readonly kind: 'faulty'; readonly faults: readonly ContentFault[] };

/** `file` is relative to the content folder; its name gives the slug where the article states none. */
export const checkFrontMatter = (file: string, stated: StatedFields, site: SiteFacts): CheckedFrontMatter => {
  const faults = misspelt(file, stated);
  const parsed = frontMatterSchema.safeParse(withAliases(stated.fields));
  if (!parsed.success) {
    const keys = new Set<string>();
    for (const issue of parsed.error.issues) {
      const key = String(issue.path[0] ?? 'title');
      if (keys.has(key)) continue;
      keys.add(key);
      const problem = `“${key}” is missing or can’t be used`;
      faults.push({ file, line: lineOfEither(stated, key), problem, remedy: issue.message });
    }
    return { kind: 'faulty', faults };
  }
  const facts = parsed.data;
  const publication = publicationId(facts.publication, site);
  if (publication === undefined) faults.push(unknownPublication(file, stated, facts.publication, site));
  const slug = facts.slug ?? slugOf(baseName(file));
  if (!slugSchema.safeParse(slug).success) {
    const remedy = 'Write a slug: slug: my-article.';
    faults.push({ file, line: 1, problem: 'the file’s name gives no address', remedy });
  }
  if (faults.length > 0 || publication === undefined) return { kind: 'faulty', faults };
  return { kind: 'checked', facts, publication, slug };
};

/** The line of the key, or of the other name under which the file gives it. */
function lineOfEither({ fields, lineOf }: StatedFields, key: string): number {
  if (key in fields) return lineOf(key);
  const alias = [...ALIASES].find(([name, means]) => means === key && name in fields)?.[0];
  return lineOf(alias ?? key);
}

function unknownPublication(
  file: string,
  { lineOf }: StatedFields,
  named: string,
  site: SiteFacts,
): ContentFault {
  const known = site.publications.map(({ id }) => id).join(', ');
  const remedy =
    known === '' ? 'Write a name with letters in it.' : `Write one of ${known}, or add it to site.yaml.`;
  return { file, line: lineOf('publication'), problem: `publication “${named}” is unknown`, remedy };
}

function misspelt(file: string, { fields, lineOf }: StatedFields): ContentFault[] {
  return Object.keys(fields).flatMap((key) => {
    const known: readonly string[] = [...FRONT_MATTER_KEYS, ...ALIASES.keys()];
    const meant = known.includes(key) ? undefined : likelyMisspelling(key, known);
    return meant === undefined
      ? []
      : [{ file, line: lineOf(key), problem: `“${key}” isn’t known`, remedy: `Write “${meant}”.` }];
  });
}

/** Names that other site generators use for the same thing. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['date', 'published'],
  ['authors', 'author'],
  ['lang', 'language'],
]);

function withAliases(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(fields).filter(([, value]) => value !== null);
  const own = new Map(entries);
  for (const [alias, key] of ALIASES) if (!own.has(key) && own.has(alias)) own.set(key, own.get(alias));
  // What HTML's `article:content_tier` calls free is `open` here.
  if (own.get('access') === 'free') own.set('access', 'open');
  return Object.fromEntries(own);
}

/** By id or by name where the site lists its publications; a name of its own otherwise. */
function publicationId(named: string, site: SiteFacts): string | undefined {
  if (site.publications.length > 0)
    return site.publications.find(({ id, name }) => id === named || name === named)?.id;
  return slugOf(named) || undefined;
}

const baseName = (file: string): string => (file.split('/').at(-1) ?? file).replace(/\.[^.]+$/, '');
