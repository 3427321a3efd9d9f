/** Takes what is withheld out of an answer by the form that its text has, or says that it can't be done. */
import type { ArticleId } from '../../article/article.ts';
import type { FindWithheld } from '../withheld.ts';
import { cleanHtml } from './clean-html.ts';
import { cleanJson } from './clean-json.ts';
import { cleanText } from './clean-text.ts';
import { cleanXml } from './clean-xml.ts';

/** `program`: what runs or is read by machines line by line, so that a part taken out would break the whole. */
export type AnswerForm = 'html' | 'json' | 'xml' | 'text' | 'program';

export interface Answer {
  readonly text: string;
  readonly form: AnswerForm;
}

interface CleanOptions {
  readonly find: FindWithheld;
  readonly linkTo: (article: ArticleId) => string;
}

/** Whatever comes back was read again: nothing withheld is left in it. Undefined: it has to be withheld whole. */
export const cleanAnswer = ({ text, form }: Answer, { find, linkTo }: CleanOptions): string | undefined => {
  switch (form) {
    case 'html':
      return cleanHtml(text, { find, linkTo });
    case 'json':
      return cleanJson(text, find);
    case 'xml':
      return cleanXml(text, find);
    case 'text':
      return cleanText(text, find);
    case 'program':
      return undefined;
    default:
      return form satisfies never;
  }
};

/** By what the text is before what its label says: feeds are sent as pages, and JSON as text. */
export const formOf = (text: string, contentType: string | undefined): AnswerForm => {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (isData(text)) return 'json';
  const start = text.slice(0, 2_000);
  if (
    /^\ufeff?\s*<\?xml|^\ufeff?\s*<(?:rss|feed|svg|urlset|sitemapindex|(?:\w+:)?(?:RDF|feed|rss))[\s>]/i.test(
      start,
    )
  )
    return /<html[\s>]/i.test(start) ? 'html' : 'xml';
  if (type === '' || !type.includes('/') || type === 'text/html' || type === 'application/xhtml+xml')
    return 'html';
  if (/[/+]xml$/.test(type)) return 'xml';
  if (programs.test(type)) return 'program';
  if (type.startsWith('text/')) return 'text';
  return /^\s*<(?:!doctype\s+html|html)[\s>]/i.test(start) ? 'html' : 'program';
};

const programs = /javascript|ecmascript|jscript|x-component|event-stream|css$|wasm/;

/** JSON, lines of JSON, JSON after the mark that keeps it from running as a script, or a call with JSON in it. */
const isData = (text: string): boolean => {
  const start =
    /^\ufeff?\s*(?:\)\]\}',?\s*|while\s*\(1\);|for\s*\(;;\);)?/.exec(text.slice(0, 100))?.[0].length ?? 0;
  const call =
    /^(?:\/\*\*\/)?\s*[\w$.[\]]{1,200}\s*\(\s*/.exec(text.slice(start, start + 300))?.[0].length ?? 0;
  const first = text[start + call];
  if (first !== '{' && first !== '[') return false;
  const rest = text.slice(start + call);
  if (call > 0) return isJson(rest.replace(/\)\s*;?\s*$/, ''));
  return isJson(rest) || isLines(rest);
};

const isLines = (text: string): boolean => {
  const end = text.indexOf('\n');
  const last = text.trimEnd();
  return end > 0 && isJson(text.slice(0, end)) && isJson(last.slice(last.lastIndexOf('\n') + 1));
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
