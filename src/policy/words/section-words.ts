/** What the fields of the policy's single sections are called. */
import type { Area } from './change.ts';

type Section = Exclude<
  Area,
  'meters' | 'rules' | 'otherwise' | 'publications' | 'products' | 'plans' | 'messages'
>;

export const sectionWords: Readonly<Record<Section, Readonly<Record<string, string>>>> = {
  site: {
    name: 'the site’s name',
    language: 'the site’s language',
    timeZone: 'the time zone in which days, weeks and months begin',
    contact: 'where readers can write to',
  },
  preview: {
    moreFrom: 'cards of the same publication',
    related: 'cards on the same topics',
    notice: 'the notice of free articles left',
    hydration: 'the framework’s scripts in previews whose data were cleaned',
  },
  billing: {
    graceDays: 'days of access after a payment failed',
    refunded: 'access after a refund',
    disputed: 'access while a payment is disputed',
    reconcileMinutes: 'minutes between comparisons with Stripe',
  },
  devices: { allowed: 'the number of devices for one reader' },
  whenDown: {
    meter: 'what readers get while free reads can’t be counted',
    entitlements: 'what is believed while subscriptions can’t be looked up',
  },
  articles: {
    paths: 'paths that are always articles',
    ignore: 'paths that are never looked into',
    metadata: 'recognising articles by what pages say of themselves',
    body: 'where the text of an article is found',
    json: 'articles as JSON',
    feeds: 'what happens to gated articles in feeds',
  },
  originCache: {
    seconds: 'seconds that an article is kept',
    staleSeconds: 'seconds that it is served beyond that',
    personalCookies: 'cookies that make a page personal',
    harmlessCookies: 'cookies that change nothing of a page',
    vary: 'headers that copies are kept apart by',
    userAgents: 'how copies are kept apart by User-Agent',
    languages: 'languages that copies are kept apart by',
  },
  originHeaders: {
    pass: 'headers that may command what stands in front',
  },
  staff: {
    probe: 'what the site is asked to tell its own people by',
    cookies: 'cookies by which the site knows its own people',
  },
  sentry: {
    on: 'reading answers for withheld text',
    pass: 'paths that are never read for it',
    stop: 'paths that are refused where it is found',
    forms: 'addresses that are forms of an article',
    'learn.on': 'learning the site’s articles ahead',
    'learn.perSecond': 'questions to the origin in a second, while the site is learnt',
    'learn.maxArticles': 'addresses that are kept in mind',
    'learn.everyMinutes': 'minutes between looks for new articles',
    memoryMiB: 'MiB of memory for what is known',
  },
};
