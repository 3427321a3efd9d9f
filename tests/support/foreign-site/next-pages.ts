/** Pages as a Next.js export writes them: the text once to look at, and again for the scripts, in the page and beside it. */
import type { ForeignArticle } from './foreign-site.ts';
import { escaped, head, listing, plainText, scriptJson } from './markup.ts';

export const nextFiles = (
  site: string,
  articles: readonly ForeignArticle[],
): readonly (readonly [string, string])[] => [
  ...articles.flatMap((article): (readonly [string, string])[] => [
    [`stories/${article.slug}.html`, page(site, article)],
    [`stories/${article.slug}.txt`, serverPayload(article)],
    [`stories/${article.slug}.md`, plainText(article)],
    [`_next/data/b7f3/stories/${article.slug}.json`, JSON.stringify({ pageProps: props(site, article) })],
  ]),
  ['stories/index.html', listing('Long Stories', articles)],
];

const props = (site: string, { slug, title, html, summary, path }: ForeignArticle): object => ({
  story: { slug, title, summary, html, url: site + path },
});

const page = (site: string, article: ForeignArticle): string => {
  const state = { props: { pageProps: props(site, article) }, page: '/stories/[slug]', buildId: 'b7f3' };
  return `${head(site, article, '<link rel="preload" as="script" href="/_next/static/chunks/main.js">')}<body><div id="__next"><header><a href="/stories/">Long Stories</a></header>
<main><h1>${escaped(article.title)}</h1><div class="story-text css-1q9x" data-props="${escaped(JSON.stringify(props(site, article)))}">${article.html}</div></main></div>
<script id="__NEXT_DATA__" type="application/json">${scriptJson(state)}</script>
<script>(self.__next_f=self.__next_f||[]).push([0])</script>
<script>self.__next_f.push([1,${scriptJson(serverPayload(article))}])</script>
<script>window.__STATE__=JSON.parse(${scriptJson(JSON.stringify(state))})</script>
<script src="data:text/javascript;base64,${Buffer.from(`window.copy=${JSON.stringify(article.html)}`).toString('base64')}"></script>
</body></html>`;
};

/** The stream that the framework's router fetches in place of the page. */
const serverPayload = (article: ForeignArticle): string =>
  [`0:["b7f3",[["children","stories"]]]`, `1:["$","h1",null,{"children":${JSON.stringify(article.title)}}]`]
    .concat(
      article.blocks.map(
        (text, index) => `${(index + 2).toString(16)}:["$","p",null,{"children":${JSON.stringify(text)}}]`,
      ),
    )
    .join('\n');
