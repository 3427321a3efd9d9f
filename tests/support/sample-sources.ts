/** The sample site's articles as their authors wrote them, read without any code of the product. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { parse } from 'yaml';
import type { SourceArticle } from './canaries.ts';
import { projectRoot } from './gatefold-process.ts';

export interface SampleArticle extends SourceArticle {
  readonly access: 'open' | 'registered' | 'metered' | 'locked';
  readonly summary: string;
  readonly language: string;
}

const folder = join(projectRoot, 'config/sample/articles');
const previewCharacters = 2000;

export const sampleArticles = (): readonly SampleArticle[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => readArticle(readFileSync(join(folder, file), 'utf8'), basename(file, '.md')));

const readArticle = (file: string, slug: string): SampleArticle => {
  const [, matter = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(file) ?? [];
  const { publication, title, summary, language, access = 'metered' } = parse(matter);
  return {
    path: `/${publication}/${slug}`,
    title,
    summary,
    language,
    access,
    blocks: blocksOf(body),
    givenAway: access === 'open' ? Number.POSITIVE_INFINITY : previewCharacters,
  };
};

const blocksOf = (markdown: string): readonly string[] =>
  new MarkdownIt()
    .parse(markdown, {})
    .filter(({ type }) => type === 'inline')
    .map(({ children }) =>
      (children ?? []).map(({ type, content }) => (/break$/.test(type) ? ' ' : content)).join(''),
    );
