/** An article of 30 KB as a content system would send it: head, structured data, navigation, body, footer. */

const words =
  'water stone morning letter harbour window the a of and in by under garden salt paper evening bridge long narrow ' +
  'river clock it was had been kept carried counted lamp kitchen weather map coast quiet field with for seven winter';
const vocabulary = words.split(' ');

const targetBytes = 30_000;

/** The same path always gives the same bytes. @returns {Buffer} */
export const articlePage = (path) => {
  const next = numbers(path);
  const [, publication = 'daily'] = path.split('/');
  const title = `On ${sentence(next, 4)}`;
  const paragraphs = [];
  let length = frame(path, publication, title, '').length;
  while (length < targetBytes) {
    const paragraph = `      <p>${Array.from({ length: 5 }, () => `${sentence(next, 14)}.`).join(' ')}</p>\n`;
    paragraphs.push(paragraph);
    length += paragraph.length;
  }
  const body = paragraphs.join('').slice(0, paragraphs.join('').length - (length - targetBytes) - 5);
  return Buffer.from(frame(path, publication, title, `${body}</p>\n`));
};

const sentence = (next, length) =>
  Array.from({ length }, () => vocabulary[next() % vocabulary.length]).join(' ');

/** A small generator of even enough numbers, seeded by a text. */
const numbers = (seed) => {
  let state = 1;
  for (const letter of seed) state = (state * 31 + letter.codePointAt(0)) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
};

const frame = (path, publication, title, body) => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${title}</title>
  <meta name="description" content="${title}, in the ${publication}.">
  <meta property="og:type" content="article">
  <meta property="article:published_time" content="2026-11-02T06:00:00Z">
  <link rel="canonical" href="${path}">
  <script type="application/ld+json">${structuredData(path, publication, title)}</script>
</head>
<body>
  <header><nav><a href="/">Front page</a> <a href="/${publication}/">${publication}</a></nav></header>
  <main>
    <article>
      <h1>${title}</h1>
      <div class="article-body">
${body}      </div>
    </article>
  </main>
  <footer><p>The Bench</p></footer>
</body>
</html>
`;

const structuredData = (path, publication, title) =>
  JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    articleSection: 'Coast',
    keywords: ['harbour', 'weather'],
    author: { '@type': 'Person', name: 'A. Writer' },
    datePublished: '2026-11-02T06:00:00Z',
    publisher: { '@type': 'Organization', name: publication },
    url: path,
    isAccessibleForFree: false,
    hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.article-body' },
  });
