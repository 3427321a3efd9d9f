/** What a site calls itself, in which language it is written, and when its days begin. */
import { decodeHTML } from 'entities';
import { attributeOf } from '../article/parsed-page.ts';
import type { AskSite, SiteAnswer } from './ask-site.ts';
import { printable } from './find-candidates.ts';
import type { PageSample } from './page-sample.ts';
import type { Signs } from './recognise-systems.ts';
import type { SiteNames } from './survey.ts';

interface Sources {
  readonly ask: AskSite;
  readonly pages: readonly PageSample[];
  readonly front: SiteAnswer;
  readonly signs: Signs;
  readonly feedTitle: string | undefined;
}

export const namesOfSite = async ({ ask, pages, signs, feedTitle }: Sources): Promise<SiteNames> => {
  const wordPress = signs.systems.has('wordpress') ? await fromWordPress(ask, signs) : {};
  const [front] = pages;
  const name = [wordPress.name, front?.reading.publicationName, feedTitle, front?.reading.title]
    .map((each) => printable(each ?? ''))
    .find((each) => each !== '');
  const language = mostUsed(pages.flatMap(statedLanguage));
  return {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(wordPress.timeZone === undefined ? {} : { timeZone: wordPress.timeZone }),
  };
};

/** Its REST API says so to everybody. */
const fromWordPress = async (ask: AskSite, { wordPressBase = '' }: Signs): Promise<SiteNames> => {
  const answer = await ask(`${wordPressBase}/?rest_route=/&_fields=name,timezone_string`, 'json');
  if (answer.kind !== 'answer' || answer.status !== 200) return {};
  try {
    const { name, timezone_string: timeZone } = JSON.parse(answer.text) as Record<string, unknown>;
    return {
      ...(typeof name === 'string' ? { name: decodeHTML(name) } : {}),
      ...(typeof timeZone === 'string' && isTimeZone(timeZone) ? { timeZone } : {}),
    };
  } catch {
    return {};
  }
};

/** WordPress gives offsets such as +02:00, too, which change twice a year. */
const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z_]+(?:\/[A-Za-z_+\-0-9]+){1,2}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const statedLanguage = ({ reading }: PageSample): readonly string[] => {
  const html = reading.page.tokens.find((token) => token.kind === 'start' && token.name === 'html');
  const stated = html?.kind === 'start' ? attributeOf(html, 'lang').trim() : '';
  return /^[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Z]{2}|\d{3}))?$/.test(stated) ? [stated] : [];
};

const mostUsed = (words: readonly string[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
};
