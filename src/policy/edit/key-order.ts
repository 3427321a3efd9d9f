/** Where a key that wasn't written yet goes among those that are: in the order of the sample policy. */

/** One list for all groups: no two of them disagree about the order of two keys. */
const order = [
  ...['id', 'name', 'description', 'tagline', 'site', 'publications'],
  ...['publication', 'section', 'tag', 'author', 'path', 'paths', 'language', 'level', 'timeZone', 'contact'],
  ...['olderThanDays', 'newerThanDays', 'when', 'access', 'meter', 'products', 'plans'],
  ...['price', 'interval', 'trialDays', 'passDays', 'promotionCodes', 'offeredAt'],
  ...['billing', 'devices', 'meters', 'window', 'visitor', 'registered', 'networkAllowance', 'on'],
  ...[
    'articles',
    'cutoff',
    'characters',
    'words',
    'paragraphs',
    'percent',
    'marker',
    'ending',
    'atMost',
    'rules',
  ],
  ...['otherwise', 'preview', 'whenDown', 'entitlements', 'originCache', 'seconds', 'staleSeconds'],
  ...['personalCookies', 'harmlessCookies', 'vary', 'userAgents', 'languages'],
  ...['originHeaders', 'staff', 'probe', 'cookies', 'sentry', 'pass', 'stop', 'forms'],
  ...['article', 'learn', 'perSecond', 'maxArticles', 'everyMinutes', 'memoryMiB', 'messages'],
];

const ranks = new Map(order.map((key, rank) => [key, rank]));

/** The index at which `key` is to be put in: after the last of those that come before it. */
export const placeFor = (key: string, keys: readonly string[]): number =>
  keys.findLastIndex((other) => rankOf(other) <= rankOf(key)) + 1;

/** What publishers name themselves (meters, languages, messages) goes last, in the order of its coming. */
const rankOf = (key: string): number => ranks.get(key) ?? order.length;
