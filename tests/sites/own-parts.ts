/** A page without what Gatefold says in it to search engines: that the article isn't free, and which part of it. */

/** The same page of the origin's comes out the same, but for how its structured data is written. */
export const withoutOwnParts = (html: string): string =>
  html
    .replace(ownScript, '')
    // An address is asked for in one spelling, and some pages hold the address that they were asked by.
    .replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase())
    .replace(/ class="gatefold-body"/g, '')
    .replace(/ gatefold-body"/g, '"')
    .replace(structuredData, (_, start: string, json: string) => start + withoutMarks(json));

const ownScript =
  /<script type="application\/ld\+json">\{"@context":"https:\/\/schema\.org","@type":"NewsArticle"(?:,"headline":"(?:[^"\\]|\\.)*")?,"isAccessibleForFree":false,"hasPart":\{[^{}]*"\.gatefold-body"\}\}<\/script>/;
const structuredData = /(<script[^>]*application\/ld\+json[^>]*>)([\s\S]*?)(?=<\/script>)/gi;

const withoutMarks = (json: string): string => {
  try {
    return JSON.stringify(JSON.parse(json), (key, value: unknown) =>
      key === 'isAccessibleForFree' || key === 'hasPart' ? undefined : value,
    );
  } catch {
    return json;
  }
};
