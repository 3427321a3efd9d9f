/** That the limits, sizes and times which the documents state are those of the code. */
import { describe, expect, test } from '@jest/globals';
import { read } from './documents.ts';

/** Document, what it says; file, what that rests on. Whoever changes one is told of the other. */
const figures: readonly (readonly [document: string, says: string, file: string, code: string])[] = [
  [
    'docs/operations.md',
    '| A request’s head | 10 seconds, 32 KiB, 200 headers |',
    'src/gateway/listen.ts',
    'headersTimeout: 10_000',
  ],
  ['docs/operations.md', '32 KiB, 200 headers', 'src/gateway/listen.ts', 'maxHeaderSize: 32_768'],
  ['docs/operations.md', '200 headers', 'src/gateway/listen.ts', 'maxHeadersCount = 200'],
  [
    'docs/operations.md',
    '| A request with its body | 60 seconds |',
    'src/gateway/listen.ts',
    'requestTimeout: 60_000',
  ],
  [
    'docs/operations.md',
    '| An idle connection of a client | 65 seconds |',
    'src/gateway/listen.ts',
    'keepAliveTimeout: 65_000',
  ],
  ['docs/operations.md', 'answers under way have 4 seconds', 'src/gateway/listen.ts', 'graceMs = 4_000'],
  [
    'docs/operations.md',
    '| A path with its query | 8 KiB |',
    'src/origin/canonical-target.ts',
    'MAX_LENGTH = 8192',
  ],
  [
    'docs/operations.md',
    '| A page that is looked into | 8 MiB',
    'src/gateway/compose-gate.ts',
    'maxPageBytes = 8 * mebibyte',
  ],
  ['README.md', 'up to 8 MiB', 'src/gateway/compose-gate.ts', 'maxPageBytes = 8 * mebibyte'],
  ['docs/operations.md', '| A feed | 200 entries', 'src/gate/answer-feed.ts', 'maxEntries = 200'],
  [
    'docs/operations.md',
    '| The origin: connect | 5 seconds |',
    'src/origin/http-origin.ts',
    'connectMs: 5_000',
  ],
  [
    'docs/operations.md',
    'until its answer begins | 30 seconds |',
    'src/origin/http-origin.ts',
    'headMs: 30_000',
  ],
  [
    'docs/operations.md',
    'between two pieces of a body | 60 seconds |',
    'src/origin/http-origin.ts',
    'bodyIdleMs: 60_000',
  ],
  [
    'docs/operations.md',
    'stops taking the body | 120 seconds |',
    'src/origin/http-origin.ts',
    'pausedMs: 120_000',
  ],
  [
    'docs/operations.md',
    '| 256; further questions wait up to 30 seconds |',
    'src/origin/http-origin.ts',
    'maxConnections = 256',
  ],
  ['docs/operations.md', 'wait up to 30 seconds', 'src/origin/http-origin.ts', 'waitMs: 30_000'],
  ['docs/operations.md', '| WebSockets at once | 1,000;', 'src/origin/upgrade.ts', 'maxTunnels = 1_000'],
  [
    'docs/operations.md',
    '| Redis: an answer | 500 ms |',
    'src/stores/redis/client-options.ts',
    'answerWithinMs = 500',
  ],
  [
    'docs/operations.md',
    '| SQLite: another process’s write | 2 seconds |',
    'src/stores/sqlite/open-database.ts',
    'busyMs = 2000',
  ],
  [
    'docs/operations.md',
    '| Mail: each step | 10 seconds |',
    'src/readers/mail-smtp.ts',
    'patienceMs = 10_000',
  ],
  [
    'docs/operations.md',
    '| 15 minutes, once; five wrong codes end it |',
    'src/readers/mailed-proof.ts',
    'signInMinutes = 15',
  ],
  ['docs/operations.md', 'five wrong codes end it', 'src/readers/mailed-proof.ts', 'maxCodeTries = 5'],
  [
    'docs/operations.md',
    '| 5 to one address and',
    'src/readers/rate-limits.ts',
    "name: 'address', points: 5, seconds: 900",
  ],
  [
    'docs/operations.md',
    '60 from one network in 15 minutes',
    'src/readers/rate-limits.ts',
    "name: 'network', points: 60, seconds: 900",
  ],
  [
    'docs/operations.md',
    '| 120 from one network in 15 minutes |',
    'src/readers/rate-limits.ts',
    "name: 'tries', points: 120, seconds: 900",
  ],
  [
    'docs/operations.md',
    '| Checkouts begun | 30 by one reader or browser',
    'src/readers/rate-limits.ts',
    "name: 'checkout-reader', points: 30, seconds: 900",
  ],
  [
    'docs/operations.md',
    '| Returns from checkout | 300 from one network in 15 minutes |',
    'src/readers/rate-limits.ts',
    "name: 'return', points: 300, seconds: 900",
  ],
  [
    'docs/operations.md',
    '| Ways to the portal | 30 by one reader and 60',
    'src/readers/rate-limits.ts',
    "name: 'portal-reader', points: 30, seconds: 900",
  ],
  [
    'docs/operations.md',
    '| Checkouts begun | 30 by one reader or browser and 60 from one network in 15 minutes |',
    'src/readers/rate-limits.ts',
    "name: 'checkout', points: 60, seconds: 900",
  ],
  [
    'SECURITY.md',
    '60 from one network in 15 minutes',
    'src/readers/rate-limits.ts',
    "name: 'checkout', points: 60",
  ],
  [
    'docs/operations.md',
    '| An open checkout that is handed out again | 12 hours;',
    'src/billing/open-one-checkout.ts',
    'reusableMs = 12 * 3_600_000',
  ],
  ['docs/operations.md', '| A webhook’s body | 1 MB |', 'src/billing/webhook-routes.ts', "maxBody = '1mb'"],
  ['docs/errors.md', '| More than 1 MB. |', 'src/billing/webhook-routes.ts', "maxBody = '1mb'"],
  ['docs/architecture.md', 'up to 1 MB, and answers', 'src/billing/webhook-routes.ts', "maxBody = '1mb'"],
  [
    'docs/operations.md',
    '| A webhook’s signature | 300 seconds old at most, or ahead |',
    'src/billing/stripe-events.ts',
    'toleranceSeconds = 300',
  ],
  [
    'docs/errors.md',
    'Signed more than 300 seconds ago',
    'src/billing/stripe-events.ts',
    'toleranceSeconds = 300',
  ],
  ['SECURITY.md', '300 seconds either way', 'src/billing/stripe-events.ts', 'toleranceSeconds = 300'],
  ['docs/operations.md', '| Prices | kept 5 minutes;', 'src/billing/offer.ts', 'freshMs = 300_000'],
  ['docs/operations.md', 'asked again after 15 seconds', 'src/billing/offer.ts', 'pauseMs = 15_000'],
  [
    'docs/architecture.md',
    '| one for each plan | 5 minutes;',
    'src/billing/stripe-prices.ts',
    'keptMs = 5 * 60_000',
  ],
  [
    'docs/operations.md',
    '| The subscribe page: waits for prices | 4 seconds |',
    'src/billing/offer.ts',
    'defaultPatienceMs = 4_000',
  ],
  [
    'docs/operations.md',
    'asked again after 60 seconds, waited',
    'src/billing/reader-billing.ts',
    'freshMs = 60_000',
  ],
  ['docs/operations.md', 'waited for 2 seconds |', 'src/billing/reader-billing.ts', 'patienceMs = 2_000'],
  [
    'docs/architecture.md',
    'with since when, after 2 seconds',
    'src/billing/reader-billing.ts',
    'patienceMs = 2_000',
  ],
  [
    'docs/operations.md',
    '| A sign-in: waits for Stripe | 4 seconds |',
    'src/readers/sign-in.ts',
    'proofPatienceMs = 4_000',
  ],
  [
    'docs/operations.md',
    '| Stripe: one attempt | 10 seconds; at most 4 attempts within 12 seconds |',
    'src/billing/stripe-ask.ts',
    'attemptMs: 10_000, patienceMs: 12_000',
  ],
  ['docs/operations.md', 'at most 4 attempts', 'src/billing/stripe-ask.ts', 'attempts = 4'],
  [
    'docs/operations.md',
    '| Reconcile: calls to Stripe | 20 a second on the average, 8 customers at once |',
    'src/billing/reconcile.ts',
    'callsPerSecond: 20, atOnce: 8',
  ],
  [
    'docs/operations.md',
    '| Reconcile: an instance that died | 30 seconds',
    'src/billing/reconcile.ts',
    'leaseMs: 30_000',
  ],
  [
    'docs/operations.md',
    'gone on with for 6 hours',
    'src/billing/reconcile-progress.ts',
    'resumeWithinMs = 6 * 3_600_000',
  ],
  ['docs/operations.md', 'When 25 in a row fail', 'src/billing/look-again.ts', 'maxFailedInARow = 25'],
  [
    'docs/operations.md',
    'more than five minutes ago',
    'src/billing/reconcile-schedule.ts',
    'freshMs: 300_000',
  ],
  ['docs/architecture.md', 'N is 0 to 63', 'src/stores/redis/keys.ts', 'customerParts = 64'],
  ['docs/policy.md', '1 to 730', 'src/policy/catalogue-schema.ts', '.max(730)'],
  ['docs/policy.md', 'so many days, 1 to 3660', 'src/policy/catalogue-schema.ts', '.max(3660)'],
  ['docs/policy.md', '(5 to 10080)', 'src/policy/catalogue-schema.ts', '.min(5) .max(10_080)'],
  ['docs/policy.md', 'at once (1 to 1000)', 'src/policy/catalogue-schema.ts', '.max(1000)'],
  ['docs/operations.md', '| Reader token | 1 hour', 'src/readers/renew-token.ts', 'tokenTtlSeconds = 3600'],
  [
    'docs/operations.md',
    'its cookie lives: 90 days',
    'src/readers/reader-cookies.ts',
    'readerCookieDays = 90',
  ],
  [
    'docs/operations.md',
    '| Visitor’s cookie | 400 days |',
    'src/readers/reader-cookies.ts',
    'visitorCookieDays = 400',
  ],
  [
    'docs/operations.md',
    'believed for 3 more days',
    'src/readers/renew-token.ts',
    'trustedAfterExpiryMs = 3 * dayMs',
  ],
  [
    'docs/operations.md',
    '| Batch of the access API | 100 addresses, 1 MB |',
    'src/gate/access-routes.ts',
    'maxUrls = 100',
  ],
  [
    'docs/operations.md',
    'kept articles 96 MiB, cuts 48 MiB, ready forms 96 MiB',
    'src/gateway/compose-gate.ts',
    'cutsBytes = 48 * mebibyte',
  ],
  ['docs/operations.md', 'The newest 200 are kept', 'src/readers/mail-outbox.ts', 'maxMails = 200'],
  [
    'docs/architecture.md',
    '| 96 MiB | as the origin says',
    'src/gateway/compose-gate.ts',
    'shelfBytes = 96 * mebibyte',
  ],
  [
    'docs/architecture.md',
    '| 96 MiB | 5 minutes |',
    'src/gateway/compose-gate.ts',
    'formsBytes = 96 * mebibyte',
  ],
  ['docs/architecture.md', '| 5 minutes |', 'src/gate/ready-forms.ts', 'ttl: 300_000'],
  ['docs/architecture.md', '| 2,000 articles |', 'src/gate/catalogue.ts', 'maxArticles = 2_000'],
  [
    'docs/architecture.md',
    '| 50,000 readers | 60 seconds',
    'src/entitlements/live-view.ts',
    'maxReaders = 50_000, ttlSeconds = 60',
  ],
  [
    'docs/architecture.md',
    '| 50,000 | 60 seconds, or until revoked |',
    'src/readers/device-view.ts',
    'maxDevices = 50_000',
  ],
  [
    'docs/architecture.md',
    '| 8 million characters | until they expire |',
    'src/readers/reader-token.ts',
    'maxKeptCharacters = 8_000_000',
  ],
  [
    'docs/architecture.md',
    '| 100,000 readers | 60 seconds',
    'src/meter/meter-memory.ts',
    'maxSubjects = 100_000',
  ],
  ['docs/architecture.md', '| 50,000 of each kind |', 'src/gate/lessons.ts', 'max: 50_000'],
  ['docs/policy.md', 'The file has at most 1 MiB, 2,000 rules', 'src/policy/policy-schema.ts', '.max(2000)'],
  ['docs/policy.md', 'At most eight stars', 'src/policy/glob.ts', 'mostWildcards = 8'],
  ['docs/policy.md', 'first 250 characters', 'src/gate/cut-article.ts', 'cardCharacters = 250'],
  ['docs/errors.md', 'more than 100', 'src/gate/access-routes.ts', 'maxUrls = 100'],
  [
    'docs/access-api.md',
    'At most 400 days apart',
    'src/readers/token-claims.ts',
    'maxLifeSeconds = 400 * 86_400',
  ],
];

/** However its lines are broken. */
const holds = (file: string, text: string): boolean => inOneLine(read(file)).includes(inOneLine(text));

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');

describe.each(figures)('%s: “%s”', (document, says, file, code) => {
  test(`rests on ${file}`, () => {
    expect({ documented: holds(document, says), coded: holds(file, code) }).toEqual({
      documented: true,
      coded: true,
    });
  });
});
