/** Made-up articles, and answers of every form that carry them, in every disguise that copies of articles wear. */
import fc from 'fast-check';
import type { Article, ArticleId } from '../../src/article/article.ts';
import type { Cutoff } from '../../src/policy/policy.ts';
import { findCut } from '../../src/preview/find-cut.ts';
import type { AnswerForm } from '../../src/sentry/cleaning/clean-answer.ts';

export interface WrittenArticle {
  readonly article: Article;
  readonly paragraphs: readonly string[];
  readonly cutoff: Cutoff & { by: 'characters' };
}

const syllables =
  'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu zar bel con dur fen gol'.split(' ');
const word = fc
  .array(fc.constantFrom(...syllables), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));
const marks = fc.constantFrom('', '', '', ',', ';', ' —', '’s', ' & co', ' "so"', ' ünd');
const sentence = fc
  .array(fc.tuple(word, marks), { minLength: 5, maxLength: 16 })
  .map((words) => `${words.map(([each, mark]) => each + mark).join(' ')}.`);
const latin = fc.array(sentence, { minLength: 1, maxLength: 2 }).map((sentences) => sentences.join(' '));
const han = fc
  .array(fc.integer({ min: 0x4e00, max: 0x7fff }), { minLength: 20, maxLength: 90 })
  .map((codes) => `${String.fromCharCode(...codes)}。`);

export const written = (id: string): fc.Arbitrary<WrittenArticle> =>
  fc
    .record({
      paragraphs: fc.oneof(
        { weight: 5, arbitrary: fc.array(latin, { minLength: 3, maxLength: 7 }) },
        { weight: 1, arbitrary: fc.array(han, { minLength: 3, maxLength: 6 }) },
      ),
      count: fc.integer({ min: 0, max: 300 }),
      ending: fc.constantFrom('exact' as const, 'word' as const, 'sentence' as const),
      title: sentence,
    })
    .map(({ paragraphs, count, ending, title }) => ({
      article: articleAt(id, title),
      paragraphs,
      cutoff: { by: 'characters' as const, count, ending },
    }));

const articleAt = (id: string, title: string): Article => ({
  id: id as ArticleId,
  path: id,
  title,
  publication: '',
  tags: [],
  authors: [],
  language: 'en',
});

export const fullTextOf = ({ paragraphs }: WrittenArticle): string => paragraphs.join('\n');

export const previewOf = (written: WrittenArticle): string => {
  const text = fullTextOf(written);
  return text.slice(0, findCut(text, written.cutoff));
};

export const withheldOf = (written: WrittenArticle): string =>
  fullTextOf(written).slice(previewOf(written).length);

const asHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A paragraph as a content system writes it: with emphasis, links and breaks within. */
const asMarkup = (text: string): string =>
  `<p>${asHtml(text)
    .split(' ')
    .map((each, index) =>
      index % 7 === 3 ? `<a href="/tag/${index}">${each}</a>` : index % 11 === 5 ? `<em>${each}</em>` : each,
    )
    .join(' ')}</p>`;

/** How one article's text is written into an answer. */
export const disguises = {
  markup: ({ paragraphs }) => paragraphs.map(asMarkup).join('\n'),
  'plain text': ({ paragraphs }) => paragraphs.join('\n\n'),
  'references in decimal': ({ paragraphs }) => asReferences(paragraphs.join(' '), 10),
  'references in hexadecimal': ({ paragraphs }) => asReferences(paragraphs.join(' '), 16),
  'escaped twice': ({ paragraphs }) => asHtml(asHtml(paragraphs.map(asMarkup).join(''))),
  'percent-encoding': ({ paragraphs }) => encodeURIComponent(paragraphs.join(' ')),
  base64: ({ paragraphs }) => Buffer.from(paragraphs.join(' ')).toString('base64'),
  'base64 of markup': ({ paragraphs }) =>
    Buffer.from(paragraphs.map(asMarkup).join('')).toString('base64url'),
  // As mail has it, and PHP in JSON.
  'base64 in lines': ({ paragraphs }) => inLines(Buffer.from(paragraphs.join(' ')).toString('base64')),
  'base64 with escaped slashes': ({ paragraphs }) =>
    Buffer.from(paragraphs.join(' ')).toString('base64').replaceAll('/', '\\/'),
  capitals: ({ paragraphs }) => paragraphs.join(' ').toUpperCase(),
  'spaces within words': ({ paragraphs }) => paragraphs.join(' ').replace(/(\w\w)(\w)/g, '$1\u00ad$2'),
} satisfies Record<string, (article: WrittenArticle) => string>;

const inLines = (base64: string): string => base64.replace(/.{76}/g, '$&\r\n');

export type Disguise = keyof typeof disguises;

const asReferences = (text: string, base: 10 | 16): string =>
  [...text].map((each) => `&#${base === 16 ? 'x' : ''}${each.codePointAt(0)?.toString(base)};`).join('');

interface Carrier {
  readonly form: AnswerForm;
  readonly write: (bodies: readonly string[]) => string;
}

const inPage = (content: string): string =>
  `<!doctype html><html><head><title>Front</title></head><body><nav><a href="/">Home</a></nav><main>${content}</main></body></html>`;

/** Every kind of answer that isn't an article's own page. */
export const carriers = {
  'a listing': {
    form: 'html',
    write: (bodies) => inPage(bodies.map((body) => `<article>${body}</article>`).join('')),
  },
  'hidden in a listing': {
    form: 'html',
    write: (bodies) =>
      inPage(bodies.map((body) => `<div hidden>${body}</div><template>${body}</template>`).join('')),
  },
  'attributes of a listing': {
    form: 'html',
    write: (bodies) => inPage(bodies.map((body) => `<div data-text="${asHtml(body)}">More</div>`).join('')),
  },
  'data in a listing': {
    form: 'html',
    write: (bodies) =>
      inPage(
        `<script type="application/json">${JSON.stringify({ posts: bodies }).replaceAll('<', '\\u003c')}</script>`,
      ),
  },
  'code in a listing': {
    form: 'html',
    write: (bodies) =>
      inPage(`<script>window.posts = ${JSON.stringify(bodies).replaceAll('<', '\\x3c')};</script>`),
  },
  'a list of JSON': {
    form: 'json',
    write: (bodies) => JSON.stringify(bodies.map((body, id) => ({ id, body }))),
  },
  'JSON within JSON': {
    form: 'json',
    write: (bodies) => JSON.stringify({ data: JSON.stringify({ bodies }) }),
  },
  'lines of JSON': {
    form: 'json',
    write: (bodies) => bodies.map((body) => JSON.stringify({ body })).join('\n'),
  },
  JSONP: { form: 'json', write: (bodies) => `/**/show(${JSON.stringify({ bodies })});` },
  'a feed': {
    form: 'xml',
    write: (bodies) =>
      `<?xml version="1.0"?><rss><channel>${bodies.map((body) => `<item><x>${asHtml(body)}</x></item>`).join('')}</channel></rss>`,
  },
  'sections of XML': {
    form: 'xml',
    write: (bodies) =>
      `<?xml version="1.0"?><a>${bodies.map((body) => `<b><![CDATA[${body}]]></b>`).join('')}</a>`,
  },
  Markdown: { form: 'text', write: (bodies) => `# All\n\n${bodies.join('\n\n---\n\n')}\n` },
  'a script': { form: 'program', write: (bodies) => `export const posts = ${JSON.stringify(bodies)};` },
} satisfies Record<string, Carrier>;

export type CarrierName = keyof typeof carriers;
