/** Writes the policy that follows from what was seen of a site, with comments that say why. */
import { stringify } from 'yaml';
import type { Conclusions } from './conclude.ts';
import { printable } from './find-candidates.ts';
import { systemWords } from './recognise-systems.ts';
import type { FeedSeen, Survey } from './survey.ts';

/** @param personalCookies what counts as personal by itself: a list in the policy takes its place. */
export const policyText = (survey: Survey, found: Conclusions, personalCookies: readonly string[]): string =>
  [
    ...opening(survey),
    ...siteLines(survey),
    ...articleLines(survey, found),
    ...ruleLines(found),
    ...cacheLines(survey, found, personalCookies),
    ...staffLines(survey),
    ...unsureLines(found),
  ]
    .join('\n')
    .concat('\n');

const opening = ({ originUrl, pages, asked, signs }: Survey): readonly string[] => [
  ...comment(
    `Written by “gatefold init” after ${asked} questions to ${originUrl}: ${pages.length} pages were read.`,
    `${madeWith(signs)} Look through what it isn’t sure of, at the end, and run “gatefold check” after each change.`,
    'What every key means: docs/policy.md.',
  ),
  '',
];

export const madeWith = ({ systems, generator }: Survey['signs']): string => {
  const names = [...systems.keys()].map((name) => systemWords[name]);
  if (names.length > 0) return `The site is made with ${names.join(' and ')}.`;
  return generator === undefined
    ? 'What the site is made with couldn’t be seen.'
    : `The site is made with ${printable(generator)}, as it says.`;
};

const siteLines = ({ names }: Survey): readonly string[] => [
  'site:',
  names.name === undefined
    ? '  # name: Your site’s name, as readers see it'
    : `  name: ${scalar(names.name)}`,
  ...(names.language === undefined ? ['  # language: en'] : [`  language: ${scalar(names.language)}`]),
  names.timeZone === undefined
    ? '  # timeZone: Europe/London    # free reads begin anew at its midnights; UTC until you say so'
    : `  timeZone: ${scalar(names.timeZone)}`,
  '  # contact: readers@example.com',
  '',
];

const articleLines = (survey: Survey, found: Conclusions): readonly string[] => {
  const { articles, paths, doubtful, text } = found;
  const stated = articles.filter(({ isArticle }) => isArticle === 'stated').length;
  const keys = [
    ...(paths.length > 0
      ? [
          ...comment(
            `${stated} of the ${articles.length} articles that were seen state themselves that they are.`,
          ).map(indented),
          '  paths:',
          ...paths.flatMap(({ glob, articles: own, others }) => [
            `    - ${scalar(glob)}    # ${own.length} seen, such as ${printable(own[0] ?? '')}${others.length > 0 ? `; also covers ${printable(others[0] ?? '')}` : ''}`,
          ]),
        ]
      : comment(
          articles.length === 0
            ? 'No article was seen: name their paths, such as /news/*'
            : 'No paths tell articles from other pages: they are recognised by what they state of themselves.',
          ...(articles.length === 0 ? ['paths: /news/*'] : []),
        ).map(indented)),
    ...doubtful.flatMap(({ glob, others }) =>
      comment(
        `Not written, since it covers ${others.length > 0 ? printable(others[0] ?? '') : 'all pages of that depth'}, too: ${glob}`,
      ).map(indented),
    ),
    ...(text
      ? [
          `  # The text was found there on ${text.pages} of ${text.of} articles.`,
          ...(text.selectors.length === 1
            ? [`  body: ${scalar(text.selectors[0] ?? '')}`]
            : ['  body:', ...text.selectors.map((selector) => `    - ${scalar(selector)}`)]),
        ]
      : [
          '  # body: .article-body    # where the text is; an article whose text isn’t found is withheld whole',
        ]),
    ...feedLines(survey.feeds),
  ];
  // A key with nothing but comments below it would be null.
  const isEmpty = !keys.some((line) => !line.trimStart().startsWith('#'));
  return [isEmpty ? 'articles: {}' : 'articles:', ...keys, ''];
};

const feedLines = (feeds: readonly FeedSeen[]): readonly string[] => [
  ...feeds.flatMap((feed) => comment(feedInWords(feed)).map(indented)),
  '  feeds: cut',
];

export const feedInWords = ({ target, entries, kind, letters }: FeedSeen): string => {
  const name = `${printable(target)}: ${entries} ${entries === 1 ? 'entry' : 'entries'}`;
  if (kind === 'comments') return `${name} of comments, which are no articles.`;
  if (kind === 'podcast') return `${name} with sound; what isn’t an article here passes.`;
  return letters > 2_000
    ? `${name}, with whole texts: each is cut as its article is.`
    : `${name}, with short texts.`;
};

const ruleLines = ({ sections, articles }: Conclusions): readonly string[] => {
  const levels = articles.filter(
    ({ reading, hasHeader }) => reading.ownLevel !== undefined || hasHeader,
  ).length;
  const [[section] = ['Corrections']] = sections;
  return [
    ...comment(
      ...(levels > 0
        ? [`${levels} articles state a level of their own (open, metered, locked), which comes first.`]
        : ['No article states a level of its own, so that all are metered: three free reads a month.']),
      ...(sections.length > 0
        ? [
            `Sections that were seen: ${sections.map(([name, count]) => `${name} (${count})`).join(', ')}. A rule can name them:`,
          ]
        : ['A rule can name sections, tags, authors, paths and dates:']),
      'rules:',
      `  - { name: given-away, when: { section: ${JSON.stringify(section)} }, access: open }`,
      '  - { name: archive, when: { olderThanDays: 365 }, access: registered }',
    ),
    'otherwise:',
    '  access: own-or-metered',
    '',
  ];
};

const cacheLines = (
  { signs }: Survey,
  { cookies }: Conclusions,
  usual: readonly string[],
): readonly string[] => {
  if (cookies.length === 0)
    return [
      ...comment(
        'Readers with a cookie of these names get pages of their own; add those by which your site greets people:',
        `originCache: { personalCookies: [${usual.map((name) => JSON.stringify(name)).join(', ')}] }`,
      ),
      '',
    ];
  const names = [...signs.systems.keys()].map((name) => systemWords[name]).join(' and ');
  return [
    ...comment(
      `Readers with a cookie of these names get pages of their own: the usual ones, and those of ${names}.`,
    ),
    'originCache:',
    '  personalCookies:',
    ...[...usual, ...cookies].map((name) => `    - ${scalar(name)}`),
    '',
  ];
};

const staffLines = ({ signs }: Survey): readonly string[] => {
  const { systems, wordPressBase } = signs;
  if (systems.has('wordpress') && wordPressBase !== undefined)
    return [
      ...comment('WordPress lives in a folder, and is asked there who its editors are.'),
      'staff:',
      `  probe: ${scalar(`${wordPressBase}/wp-admin/edit.php`)}`,
      '',
    ];
  if (systems.has('wordpress') || systems.has('ghost'))
    return [
      ...comment('Editors are known by themselves: whoever the system lets edit gets everything as it is.'),
      '',
    ];
  return [
    ...comment(
      'Your own people get everything uncut where the site can tell who they are: an address that it answers with success to',
      'them alone, and the cookie by which it knows them.',
      'staff: { probe: /admin/whoami, cookies: admin_session }',
    ),
    '',
  ];
};

const unsureLines = ({ unsure }: Conclusions): readonly string[] =>
  unsure.length === 0
    ? []
    : [...comment('What it isn’t sure of:'), ...unsure.flatMap((each) => comment(`- ${each}`))];

const indented = (line: string): string => `  ${line}`;

/** What a site writes of itself can't end the comment that it stands in. */
const comment = (...lines: readonly string[]): readonly string[] =>
  lines.map((line) => `# ${line.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')}`);

/** On one line, and quoted where it has to be. */
const scalar = (text: string): string =>
  /^[a-z/.][\w /.*-]*$/i.test(text) ? stringify(text, { lineWidth: 0 }).trim() : JSON.stringify(text);
