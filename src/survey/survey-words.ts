/** What was seen of a site, in lines for whoever asked. */
import type { Conclusions } from './conclude.ts';
import { printable } from './find-candidates.ts';
import { feedInWords, madeWith } from './policy-text.ts';
import type { Survey } from './survey.ts';

export const sawLines = (
  survey: Survey,
  { articles, text, sections, paths }: Conclusions,
): readonly string[] => {
  const { pages, asked, signs, feeds, lists, remarks } = survey;
  const stated = articles.filter(({ isArticle }) => isArticle === 'stated').length;
  return [
    ...remarks,
    madeWith(signs) + seenBy(signs),
    `${asked} questions: ${pages.length} pages read, ${articles.length} of them articles (${stated} by what they state).`,
    ...lists.map(({ target, addresses }) => `Sitemap ${printable(target)}: ${addresses} addresses.`),
    ...feeds.map((feed) => `Feed ${feedInWords(feed)}`),
    ...paths.map(({ glob, articles: own }) => `Articles at ${glob} (${own.length} seen).`),
    ...(text ? [`Their text at ${text.selectors.join(', ')} (${text.pages} of ${text.of} looked at).`] : []),
    ...(sections.length > 0 ? [`Sections: ${sections.map(([name]) => name).join(', ')}.`] : []),
  ];
};

const seenBy = ({ systems }: Survey['signs']): string => {
  const signs = [...systems.values()];
  return signs.length === 0 ? '' : ` (${signs.join('; ')})`;
};

/** How to go on. */
export const nextLines = (
  { originUrl, publicUrl, needsPublicHost, signs }: Survey,
  file: string,
): readonly string[] => {
  const settings = `ORIGIN_URL=${originUrl} POLICY_FILE=${file}`;
  if (needsPublicHost)
    return [
      `Check it: gatefold check ${file}`,
      `The site answers to its public name alone, so Gatefold has to send that on: ${settings} PUBLIC_URL=${publicUrl} PRESERVE_HOST=true`,
    ];
  return [
    `Check it: gatefold check ${file}`,
    `Try it beside the site: ${settings} PORT=8090 npm start`,
    ...(wantPublicHost.some((name) => signs.systems.has(name))
      ? [
          'In the site’s place, with PUBLIC_URL the address that readers know, it also needs PRESERVE_HOST=true.',
        ]
      : []),
  ];
};

/** They build links from it, or hold it against where a form came from. */
const wantPublicHost = ['wordpress', 'ghost', 'next', 'sveltekit', 'nuxt', 'astro'] as const;
