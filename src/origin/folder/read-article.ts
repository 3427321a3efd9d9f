/** Reads one content file into an article, or into what a person must mend in it. */
import type { Article, ArticleId } from '../../article/article.ts';
import { articleAddress } from './addresses.ts';
import { type CheckedFrontMatter, checkFrontMatter } from './check-front-matter.ts';
import type { FrontMatter } from './front-matter-schema.ts';
import { directionOf } from './language.ts';
import { readHtmlDocument } from './read-html-document.ts';
import { renderBody } from './render-body.ts';
import type { SiteFacts } from './site-schema.ts';
import { splitFrontMatter } from './split-front-matter.ts';
import type { ContentFault, StoredArticle } from './stored-article.ts';

export type ReadingMinutes = (text: string, language: string) => number;

export type ReadArticle =
  | { readonly kind: 'article'; readonly article: StoredArticle }
  | { readonly kind: 'faulty'; readonly faults: readonly ContentFault[] };

/** `file` is relative to the content folder. Hostile input gives faults, never an exception. */
export const readArticle = (
  file: string,
  source: string,
  site: SiteFacts,
  readingMinutes: ReadingMinutes,
): ReadArticle => {
  try {
    const parts = takeApart(file, source);
    if (parts.kind === 'faulty') return parts;
    const checked = checkFrontMatter(file, parts, site);
    if (checked.kind === 'faulty') return checked;
    return { kind: 'article', article: build(file, parts, checked, site, readingMinutes) };
  } catch {
    // A file nested past what the parsers stand: the exception holds nothing that a publisher could act on.
    return faulty(
      file,
      1,
      'its body can’t be read',
      'Look for markup that is nested hundreds of levels deep.',
    );
  }
};

interface Parts {
  readonly kind: 'parts';
  readonly format: 'markdown' | 'html';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly lineOf: (key: string) => number;
  readonly body: string;
}

function takeApart(file: string, source: string): Parts | Extract<ReadArticle, { kind: 'faulty' }> {
  const format = /\.html?$/i.test(file) ? 'html' : 'markdown';
  const split = splitFrontMatter(source);
  switch (split.found) {
    case 'faulty':
      return faulty(
        file,
        split.line,
        `the front matter isn’t YAML: ${split.problem}`,
        'Put text that holds “: ” or “#” in quotes.',
      );
    case false: {
      if (format === 'html') return { kind: 'parts', format, ...readHtmlDocument(split.body) };
      return faulty(
        file,
        1,
        'there is no front matter',
        'Begin the file with ---, then title, publication and published, then ---.',
      );
    }
    case true:
      return { kind: 'parts', format, fields: split.fields, lineOf: split.lineOf, body: split.body };
  }
}

function build(
  file: string,
  parts: Parts,
  checked: Extract<CheckedFrontMatter, { kind: 'checked' }>,
  site: SiteFacts,
  readingMinutes: ReadingMinutes,
): StoredArticle {
  const { facts, publication, slug } = checked;
  const language = facts.language ?? site.language;
  const body = renderBody(
    parts.body,
    parts.format,
    `/${file
      .split('/')
      .slice(0, -1)
      .map((part) => `${encodeURIComponent(part)}/`)
      .join('')}`,
  );
  const text = body.paragraphs.join(' ');
  return {
    facts: articleFacts(articleAddress(publication, slug), publication, language, facts),
    publicationName: facts.publication,
    slug,
    file,
    bodyHtml: body.html,
    paragraphs: body.paragraphs,
    text,
    minutes: Math.max(1, Math.round(readingMinutes(text, language))),
    direction: directionOf(language),
  };
}

function articleFacts(path: string, publication: string, language: string, facts: FrontMatter): Article {
  return {
    id: path as ArticleId,
    path,
    title: facts.title,
    publication,
    tags: [...new Set(facts.tags)],
    authors: facts.author,
    language,
    publishedAt: facts.published,
    ...(facts.section === undefined ? {} : { section: facts.section }),
    ...(facts.updated === undefined ? {} : { updatedAt: facts.updated }),
    ...(facts.access === undefined ? {} : { ownLevel: facts.access }),
    ...(facts.summary === undefined ? {} : { summary: facts.summary }),
    ...(facts.image === undefined ? {} : { image: facts.image }),
  };
}

const faulty = (
  file: string,
  line: number,
  problem: string,
  remedy: string,
): Extract<ReadArticle, { kind: 'faulty' }> => ({
  kind: 'faulty',
  faults: [{ file, line, problem, remedy }],
});
