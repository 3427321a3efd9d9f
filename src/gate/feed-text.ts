/** Whether a text is a feed, by what it is and not by what it is called. */

export type FeedText = 'xml' | 'json';

/**
 * RSS of any version, Atom and JSON Feed, with whatever prefix their elements have.
 * @param calledFeed its type or its address says so: JSON with items is one then, though it names no version
 */
export const feedTextIn = (text: string, calledFeed: boolean): FeedText | undefined => {
  const start = afterProlog(text);
  if (text[start] === '<') return ROOT.test(text.slice(start, start + longestName)) ? 'xml' : undefined;
  if (text[start] !== '{') return undefined;
  const head = text.slice(start, start + longestHead);
  return JSON_FEED.test(head) || (calledFeed && /"items"\s*:/.test(head)) ? 'json' : undefined;
};

const longestName = 200;
const longestHead = 20_000;

const ROOT = /^<(?:[\p{L}_][\p{L}\p{N}_.·-]*:)?(?:rss|feed|RDF)[\s>/]/u;

const JSON_FEED = /"version"\s*:\s*"https?:(?:\\?\/){2}jsonfeed\.org\\?\//;

/** Past spaces, declarations, comments and instructions, of which caches write long ones. */
const afterProlog = (text: string): number => {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  for (;;) {
    at = spaceEnd(text, at);
    const [open, close] = text.startsWith('<!--', at)
      ? ['<!--', '-->']
      : text.startsWith('<?', at)
        ? ['<?', '?>']
        : /^<!doctype/i.test(text.slice(at, at + 9))
          ? ['<!doctype', '>']
          : ['', ''];
    if (open === '') return at;
    const end = text.indexOf(close, at + open.length);
    if (end < 0) return text.length;
    at = end + close.length;
  }
};

const spaceEnd = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
};
