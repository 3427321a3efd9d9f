/** What an article says in attributes beyond its cut: descriptions of pictures and tables, titles, labels. */
import type { PageToken, ParsedPage } from '../article/parsed-page.ts';

/**
 * A picture's description is text of the article as its caption is, and sites repeat it elsewhere: on the picture's own page, in
 * its library, in feeds of media. One text a line; '' for none.
 *
 * @param beyond offsets in the source, from the cut to the article's end
 */
export const attributeWordsIn = (
  { tokens }: Pick<ParsedPage, 'tokens'>,
  beyond: { readonly start: number; readonly end: number },
): string => {
  const isBeyond = ({ start }: PageToken): boolean => start >= beyond.start && start < beyond.end;
  // What stands before the cut too is public: many pages begin with a picture that comes again.
  const open = new Set(tokens.filter((token) => !isBeyond(token)).flatMap(spokenIn));
  const withheld = new Set(tokens.filter(isBeyond).flatMap(spokenIn));
  return [...withheld].filter((text) => !open.has(text)).join('\n');
};

const SPOKEN =
  /^(?:alt|title|summary|label|placeholder|aria-(?:label|description|roledescription|valuetext))$/;
const PICTURED = /:(?:alt|description)$/;
/** Less could not be known again. */
const MIN_LENGTH = 16;

const spokenIn = (token: PageToken): readonly string[] => {
  if (token.kind !== 'start') return [];
  const isOfPicture =
    token.name === 'meta' &&
    token.attributes.some(({ name, value }) => /^(?:name|property)$/.test(name) && PICTURED.test(value));
  return token.attributes.flatMap(({ name, value }) => {
    if (!SPOKEN.test(name) && !(isOfPicture && name === 'content')) return [];
    const text = value.replace(/\s+/g, ' ').trim();
    return text.length >= MIN_LENGTH ? [text] : [];
  });
};
