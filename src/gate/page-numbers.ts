/** Whether an address is numbered like a further page of an article, and where its first page would be. */
import type { PageAddress } from './page-addresses.ts';

export interface FirstPage extends PageAddress {
  /** `sure`: only pages are numbered so, if an article stands there. Else years, chapters and second parts are, too. */
  readonly sure: boolean;
}

/**
 * The addresses of which this may be a further page. That one of them is an article's decides, never the number alone:
 * `/2024/`, `/category/page/2/` and `/chapter/2` are numbered as well.
 */
export const firstPages = (target: string): readonly FirstPage[] => {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark);
  return [...byPath(path, query), ...(mark < 0 ? [] : byQuery(path, query.slice(1)))].slice(0, most);
};

const most = 4;

/** `/story/2/`, `/story/page/2/`, `/story/comment-page-1/`, `/story/seite-2`, `/story/2.html`. */
const OWN_SEGMENT = /^(.*\/)(?:([a-z][a-z-]*?)[-_.=]?)?(\d{1,3})(\/|\.html?)?$/i;
const WORD = /^(?:page|comment-page|paged|seite|pagina|pag|strona|sida|side|p)$/i;
/** `/story-2.html`, `/story_p2`, `/story,2`. */
const WITHIN_SEGMENT = /^(.*[^/\d])[-_,.](?:page|seite|p)?[-_]?(\d{1,3})(\/|\.html?)?$/i;

const byPath = (path: string, query: string): FirstPage[] => {
  const [, before = '', word = '', number, end = ''] = OWN_SEGMENT.exec(path) ?? [];
  if (isNumber(number) && (word === '' || WORD.test(word))) return ofSegment(before, word, end, query);
  const [, stem, within, tail = ''] = WITHIN_SEGMENT.exec(path) ?? [];
  return stem !== undefined && isNumber(within) ? [addressOf(`${stem}${tail}`, query, false)] : [];
};

const ofSegment = (before: string, word: string, end: string, query: string): FirstPage[] => {
  const [, parent, name = ''] = /^(.*\/)([^/]+)\/$/.exec(before) ?? [];
  const folder = word === '' && parent !== undefined && WORD.test(name) ? parent : before;
  // The front page is no article, and its further pages list others.
  if (folder === '/') return [];
  const bare = folder.slice(0, -1);
  const likely = end === '/' ? folder : bare + end;
  return [addressOf(likely, query, true), addressOf(likely === folder ? bare : folder, query, true)];
};

/** `?page=2`, and whatever else a site calls it; `?p=4` and `?id=7` are articles of their own, which what is found there tells. */
const byQuery = (path: string, query: string): FirstPage[] => {
  const parameters = query.split('&');
  return parameters.flatMap((parameter, index) => {
    const [, name, number] = /^([^=]+)=(\d{1,4})$/.exec(parameter) ?? [];
    if (name === undefined || number === undefined) return [];
    const rest = parameters.filter((_, at) => at !== index).join('&');
    return [addressOf(path, rest === '' ? '' : `?${rest}`, PAGE_NAME.test(name))];
  });
};

const PAGE_NAME =
  /^(?:page|paged|c?page_?n(?:um|umber|o|r)?|cpage|pg|seite|pagina|pag|part|teil|start|offset)$/i;

/** The first page has no number, or another name for it. */
const isNumber = (text: string | undefined): boolean => text !== undefined && !text.startsWith('0');

const addressOf = (path: string, query: string, sure: boolean): FirstPage => ({
  target: path + query,
  path,
  sure,
});
