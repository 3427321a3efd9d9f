/** What the sandbox's pages do over HTTP: where they lead, what they refuse, and that nothing makes them fail. */
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CheckoutOutcome, CheckoutSubmission, HostedActions } from '../../../src/sandbox/hosted.ts';
import type { Mischief } from '../../../src/sandbox/sandbox.ts';
import { ask, testCard } from './asks.ts';
import { checkout, line, now, portal, subscription } from './example-views.ts';
import { type PagesServer, servePages } from './pages-server.ts';

let server: PagesServer | undefined;
const serve = async (...given: Parameters<typeof servePages>): Promise<string> => {
  server = await servePages(...given);
  return server.url;
};
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const checkoutPath = '/-/sandbox/checkout/cs_test_1';
const portalPath = '/-/sandbox/portal/bps_1';
const paid = { email: 'ada@example.org', ...testCard };

describe('the checkout', () => {
  const submitting = async (outcome: CheckoutOutcome, form: Record<string, string> = paid) => {
    const seen: CheckoutSubmission[] = [];
    const url = await serve({
      submitCheckout: (_, submission) => {
        seen.push(submission);
        return outcome;
      },
    });
    return { answer: await ask(url, checkoutPath, { form }), seen };
  };

  test.each(['paid', 'processing'] as const)('sends who has %s on to the site, by GET', async (kind) => {
    const { answer, seen } = await submitting({
      kind,
      returnUrl: 'http://site.example/back?session_id=cs_test_1',
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('http://site.example/back?session_id=cs_test_1');
    expect(seen).toEqual([
      {
        email: 'ada@example.org',
        payment: { kind: 'card', number: '4242424242424242', expMonth: 12, expYear: 34, cvc: '123' },
      },
    ]);
  });

  test('takes the number that was typed where no test card is picked', async () => {
    const { seen } = await submitting(
      { kind: 'paid', returnUrl: '/' },
      { ...paid, card: 'typed', number: '5555 5555 5555 4444', expiry: '1/2035', name: ' Ada ' },
    );
    expect(seen).toMatchObject([
      { name: 'Ada', payment: { number: '5555 5555 5555 4444', expMonth: 1, expYear: 2035 } },
    ]);
  });

  test('pays by bank debit from a test account or a typed one', async () => {
    const { seen } = await submitting(
      { kind: 'processing', returnUrl: '/' },
      { ...paid, payment: 'bank-debit', account: 'typed', iban: 'de89 3704 0044 0532 0130 00' },
    );
    expect(seen[0]?.payment).toEqual({ kind: 'bank-debit', iban: 'DE89370400440532013000' });
  });

  test('takes the card on file only where there is one', async () => {
    const { seen } = await submitting({ kind: 'paid', returnUrl: '/' }, { ...paid, payment: 'saved' });
    expect(seen[0]?.payment.kind).toBe('card');
  });

  test('sends a card whose bank asks on to the bank’s question', async () => {
    const { answer } = await submitting({ kind: 'needs-authentication', challengeId: 'chl_1' });
    expect(answer.headers.location).toBe('/-/sandbox/challenge/chl_1');
  });

  test.each([
    ['number', 'card_declined', 'card'],
    ['expiry', 'expired_card', 'expiry'],
    ['cvc', 'incorrect_cvc', 'cvc'],
    ['email', 'email_invalid', 'email'],
  ] as const)('says a refusal at its field (%s), and keeps what was typed', async (field, code, id) => {
    const { answer } = await submitting({ kind: 'declined', field, code, message: 'No & never.' });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(`id="${id}-fault" role="alert">No &amp; never.`);
    expect(answer.body).toMatch(new RegExp(`<input [^>]*name="${id}"[^>]* aria-describedby="${id}-fault"`));
    expect(answer.body).toContain('value="ada@example.org"');
    expect(answer.body).toMatch(/value="4242424242424242" checked/);
  });

  test('says a refusal of no field above the form', async () => {
    const { answer } = await submitting({ kind: 'declined', code: 'card_declined', message: 'No.' });
    expect(answer.body).toMatch(/role="alert" tabindex="-1" autofocus>No\./);
  });

  test.each([
    [{ email: '' }, 'email'],
    [{ email: 'ada' }, 'email'],
    [{ card: 'typed' }, 'number'],
    [{ expiry: '13 / 34' }, 'expiry'],
    [{ expiry: 'soon' }, 'expiry'],
    [{ cvc: '' }, 'cvc'],
    [{ payment: 'bank-debit', account: 'typed', iban: 'x' }, 'iban'],
  ])('tries nothing while a field can’t be read: %j', async (over, field) => {
    const { answer, seen } = await submitting({ kind: 'paid', returnUrl: '/' }, { ...paid, ...over });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(`id="${field}-fault"`);
    expect(seen).toEqual([]);
  });

  test('sends a second press of the button where the first one went', async () => {
    const url = await serve({ checkout: () => checkout({ status: 'complete' }) });
    const answer = await ask(url, checkoutPath, { form: paid });
    expect([answer.status, answer.headers.location]).toEqual([303, checkout().successUrl]);
  });

  test('sends on also when the first press finished between two looks', async () => {
    const views = [checkout(), checkout({ status: 'complete' })];
    const url = await serve({ checkout: () => views.shift(), submitCheckout: () => ({ kind: 'gone' }) });
    expect((await ask(url, checkoutPath, { form: paid })).headers.location).toBe(checkout().successUrl);
  });

  test.each([
    ['expired', 410, 'has expired'],
    ['complete', 200, 'done already'],
  ] as const)('shows an %s one as what it is', async (status, code, words) => {
    const url = await serve({ checkout: () => checkout({ status }) });
    const answer = await ask(url, checkoutPath);
    expect(answer.status).toBe(code);
    expect(answer.body).toContain(words);
    expect(answer.body).not.toContain('<form');
  });

  test('shows what a trial costs and when it ends', async () => {
    const url = await serve({ checkout: () => checkout({ trialDays: 14, amountDue: 0 }) });
    const { body } = await ask(url, checkoutPath);
    expect(body).toContain('Free until 7 December 2026, then €9.00 every month until you cancel.');
    expect(body).toContain('Start the free trial');
  });

  test('writes money as the checkout’s locale does, else as the browser’s', async () => {
    const views = [checkout({ locale: 'de' }), checkout({ locale: 'auto' }), checkout({ locale: '???' })];
    const url = await serve({ checkout: () => views.shift() });
    const headers = { 'accept-language': 'fr-FR,fr;q=0.9' };
    expect((await ask(url, checkoutPath, { headers })).body).toContain('9,00\u00a0€');
    expect((await ask(url, checkoutPath, { headers })).body).toContain('9,00\u00a0€');
    expect((await ask(url, checkoutPath)).body).toContain('€9.00');
  });

  test('counts a promotion code off what is due, and sends it along', async () => {
    const { seen } = await submitting({ kind: 'paid', returnUrl: '/' }, { ...paid, promotionCode: 'SPRING' });
    expect(seen[0]?.promotionCode).toBe('SPRING');
    const { body } = await ask(server!.url, `${checkoutPath}?code=SPRING`);
    expect(body).toContain('Subscribe and pay €6.75');
    expect(body).toContain('name="promotionCode" value="SPRING"');
  });

  test('doesn’t ask for a promotion code where none is allowed', async () => {
    const url = await serve({ checkout: () => checkout({ promotionCodes: false }) });
    expect((await ask(url, `${checkoutPath}?code=SPRING`)).body).not.toContain('SPRING');
  });

  test('lets its form lead to the site that it goes back to, and to no other', async () => {
    const url = await serve({ checkout: () => checkout({ successUrl: 'https://site.example:444/x?y' }) });
    const policy = String((await ask(url, checkoutPath)).headers['content-security-policy']);
    expect(policy).toContain("form-action 'self' https://site.example:444;");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|script-src/);
  });
});

describe('the bank’s question', () => {
  const answering = async (outcome: ReturnType<HostedActions['answerChallenge']>, answer: string) => {
    const seen: boolean[] = [];
    const url = await serve({
      answerChallenge: (_, approved) => {
        seen.push(approved);
        return outcome;
      },
    });
    return { answer: await ask(url, '/-/sandbox/challenge/chl_1', { form: { answer } }), seen };
  };

  test('leads on when it is approved', async () => {
    const { answer, seen } = await answering({ kind: 'done', returnUrl: '/-/checkout/return' }, 'complete');
    expect(answer.headers.location).toBe('/-/checkout/return');
    expect(seen).toEqual([true]);
  });

  test('leads back when it is not, and the page there says so in its own words', async () => {
    const declined = {
      kind: 'declined',
      backUrl: checkoutPath,
      code: 'payment_intent_authentication_failure',
      message: 'x',
    } as const;
    const { answer, seen } = await answering(declined, 'fail');
    expect(seen).toEqual([false]);
    const back = await ask(server!.url, String(answer.headers.location));
    expect(back.body).toContain('The bank didn’t confirm the payment.');
    const forged = await ask(server!.url, `${checkoutPath}?refused=Call+0900`);
    expect(forged.body).not.toContain('0900');
  });

  test('takes nothing but its two answers', async () => {
    const { answer, seen } = await answering({ kind: 'gone' }, 'maybe');
    expect([answer.status, seen]).toEqual([400, []]);
  });
});

describe('the portal', () => {
  const done = () => ({ kind: 'done' }) as const;

  test.each([
    ['cancel/sub_1', { when: 'period-end' }, 'cancelAtPeriodEnd', ['bps_1', 'sub_1'], 'canceled'],
    ['cancel/sub_1', { when: 'now' }, 'cancelNow', ['bps_1', 'sub_1'], 'ended'],
    ['resume/sub_3', { x: '' }, 'resume', ['bps_1', 'sub_3'], 'resumed'],
    ['switch/sub_1', { price: 'price_yearly' }, 'switchPlan', ['bps_1', 'sub_1', 'price_yearly'], 'switched'],
    ['pay/in_2', { x: '' }, 'payInvoice', ['bps_1', 'in_2'], 'paid'],
    ['email', { email: 'b@example.org' }, 'changeEmail', ['bps_1', 'b@example.org'], 'email'],
  ] as const)('carries out %s and says so', async (path, form, action, expected, word) => {
    const seen: unknown[] = [];
    const url = await serve({
      [action]: (...given: unknown[]) => {
        seen.push(given);
        return done();
      },
    });
    const answer = await ask(url, `${portalPath}/${path}`, { form });
    expect(answer.headers.location).toBe(`${portalPath}?done=${word}`);
    expect(seen).toEqual([expected]);
    expect((await ask(url, String(answer.headers.location))).body).toContain('role="status"');
  });

  test.each([
    ['cancel/sub_9', { when: 'now' }, 404],
    ['cancel/sub_1', { when: 'later' }, 400],
    ['switch/sub_1', { price: 'price_of_somebody_else' }, 400],
    ['pay/in_9', { x: '' }, 404],
    ['email', { email: 'nobody' }, 400],
    ['card', { card: 'typed', number: '' }, 400],
    ['fly', { x: '' }, 404],
    ['card/sub_1/more', { x: '' }, 404],
  ])('does nothing for %s with %j', async (path, form, status) => {
    const never = () => {
      throw new Error('nothing was to be done');
    };
    const url = await serve({ cancelNow: never, switchPlan: never, payInvoice: never, changeEmail: never });
    expect((await ask(url, `${portalPath}/${path}`, { form: { ...form } })).status).toBe(status);
  });

  test('a declined card is said at its field, and the form keeps what was picked', async () => {
    const url = await serve({
      changeCard: () => ({
        kind: 'declined',
        field: 'number',
        code: 'card_declined',
        message: 'Declined, alas.',
      }),
    });
    const { status, body } = await ask(url, `${portalPath}/card`, {
      form: { ...testCard, card: '4000000000000002' },
    });
    expect(status).toBe(400);
    expect(body).toContain('id="card-fault" role="alert">Declined, alas.');
    expect(body).toMatch(/value="4000000000000002" checked/);
  });

  test('a card whose bank asks leads to its question, and from there to where the portal was to lead', async () => {
    const flow = { kind: 'payment-method', afterUrl: 'http://site.example/-/account' } as const;
    const url = await serve({
      portal: () => portal({ flow }),
      changeCard: () => ({ kind: 'needs-authentication', challengeId: 'chl_1' }),
      answerChallenge: () => ({ kind: 'done', returnUrl: portalPath }),
    });
    const asked = await ask(url, `${portalPath}/card`, { form: testCard });
    const question = String(asked.headers.location);
    expect((await ask(url, question)).body).toContain(`action="${question}"`);
    const answered = await ask(url, question, { form: { answer: 'complete' } });
    expect(answered.headers.location).toBe(`${portalPath}?done=card`);
    const back = await ask(url, String(answered.headers.location));
    expect(back.headers.location).toBe('http://site.example/-/account');
  });

  test('an invoice that can’t be paid is said on the overview', async () => {
    const url = await serve({
      payInvoice: () => ({ kind: 'declined', code: 'card_declined', message: 'Declined, alas.' }),
    });
    const { status, body } = await ask(url, `${portalPath}/pay/in_2`, { form: { x: '' } });
    expect([status, body.includes('Declined, alas.'), body.includes('Invoices')]).toEqual([400, true, true]);
  });

  test('a deep link shows its task at once and leads where it was told to afterwards', async () => {
    const flow = {
      kind: 'cancel',
      subscriptionId: 'sub_1',
      afterUrl: 'http://site.example/-/account',
    } as const;
    const url = await serve({ portal: () => portal({ flow }), cancelAtPeriodEnd: done });
    const { body, headers } = await ask(url, portalPath);
    expect(body).toContain('When it ends');
    expect(headers['content-security-policy']).toContain('http://site.example');
    const answer = await ask(url, `${portalPath}/cancel/sub_1`, { form: { when: 'period-end' } });
    expect(answer.headers.location).toBe('http://site.example/-/account');
  });

  test('a deep link to a subscription that has ended shows how things stand', async () => {
    const flow = { kind: 'cancel', subscriptionId: 'sub_gone' } as const;
    const url = await serve({ portal: () => portal({ flow }) });
    expect((await ask(url, portalPath)).body).toContain('This is how things stand now.');
  });

  test('an unknown or old portal address says so', async () => {
    const url = await serve();
    expect((await ask(url, '/-/sandbox/portal/bps_old')).status).toBe(404);
    expect((await ask(url, '/-/sandbox/portal/bps_old/card', { form: testCard })).status).toBe(404);
  });

  test.each([
    ['active', {}, 'Renews on 13 December 2026 for €9.00 a month.'],
    ['active', { cancelAt: now }, 'It ends on 23 November 2026'],
    ['trialing', { trialEndsAt: now }, 'Free until 23 November 2026, then €9.00 a month.'],
    ['past_due', {}, 'The last payment failed'],
    ['unpaid', {}, 'aren’t tried any more'],
    ['paused', {}, 'Nothing is charged'],
    ['incomplete', {}, 'isn’t finished'],
    ['canceled', {}, 'It has ended'],
    ['marinating', {}, 'marinating'],
  ])('says what the status %s (%j) means', async (status, over, words) => {
    const url = await serve({ portal: () => portal({ subscriptions: [subscription({ status, ...over })] }) });
    expect((await ask(url, portalPath)).body).toContain(words);
  });
});

describe('the controls', () => {
  test('move the clock forward, never back', async () => {
    const moves: number[] = [];
    const url = await serve({}, { moveClock: async (to) => void moves.push(to) });
    const move = (form: Record<string, string>) => ask(url, '/-/sandbox/clock', { form });
    for (const by of ['day', 'week', 'month', 'next']) expect((await move({ by })).status).toBe(303);
    expect((await move({ by: 'date', date: '2027-01-31T08:00' })).status).toBe(303);
    expect(moves.map((at) => new Date(at).toISOString())).toEqual([
      '2026-11-24T12:00:00.000Z',
      '2026-11-30T12:00:00.000Z',
      '2026-12-23T12:00:00.000Z',
      '2026-11-24T12:00:00.000Z',
      '2027-01-31T08:00:00.000Z',
    ]);
    for (const date of ['2026-11-23T12:00', '2020-01-01T00:00', '2999-01-01T00:00', '', 'x'])
      expect((await move({ by: 'date', date })).status).toBe(400);
    expect(moves).toHaveLength(5);
  });

  test('set mischief that is within bounds', async () => {
    const set: Mischief[] = [];
    const url = await serve({}, { setMischief: (mischief) => set.push(mischief) });
    const give = (form: Record<string, string>) => ask(url, '/-/sandbox/mischief', { form });
    expect((await give({ delayMs: '250', copies: '2', dropOfTen: '3', shuffle: 'on' })).status).toBe(303);
    expect(set).toEqual([{ delayMs: 250, copies: 2, dropOfTen: 3, shuffle: true }]);
    const refused = await give({ delayMs: '-1', copies: '0', dropOfTen: '1e9' });
    expect(refused.status).toBe(400);
    expect(refused.body.match(/class="fault"/g)).toHaveLength(3);
    expect(set).toHaveLength(1);
  });

  test('send an event again that is known', async () => {
    const url = await serve();
    expect((await ask(url, '/-/sandbox/resend', { form: { event: 'evt_1' } })).status).toBe(303);
    expect((await ask(url, '/-/sandbox/resend', { form: { event: 'evt_x' } })).status).toBe(404);
  });
});

describe('every page', () => {
  const paths = [
    '',
    'checkout/cs_test_1',
    'challenge/chl_1',
    'portal/bps_1',
    'portal/bps_1/card',
    'invoices/in_1',
    'x',
  ];

  test.each(paths)(
    'is marked as play, kept by no cache, framed by nobody, free of script: %s',
    async (path) => {
      const url = await serve();
      const { body, headers } = await ask(url, `/-/sandbox/${path}`);
      expect(body).toContain('Sandbox: no real money.');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(body).not.toMatch(/<script|<img|<link| on\w+=|https?:\/\/(?!127\.0\.0\.1)/i);
      const head = await ask(url, `/-/sandbox/${path}`, { method: 'HEAD' });
      expect([head.body, head.headers['content-length']]).toEqual(['', headers['content-length']]);
    },
  );

  test.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ host: 'rebound.example' }, 421],
    [{ 'content-type': 'text/plain' }, 415],
  ])('takes no form with %j', async (headers, status) => {
    const url = await serve({
      submitCheckout: () => {
        throw new Error('this was not to be reached');
      },
    });
    expect((await ask(url, checkoutPath, { form: paid, headers })).status).toBe(status);
  });

  test('takes forms from localhost as from its number', async () => {
    const url = await serve({ submitCheckout: () => ({ kind: 'paid', returnUrl: '/' }) });
    const origin = url.replace('127.0.0.1', 'localhost');
    const host = origin.slice('http://'.length);
    expect((await ask(url, checkoutPath, { form: paid, headers: { origin, host } })).status).toBe(303);
  });

  test('takes no form larger than a form can be', async () => {
    const url = await serve();
    const body = `email=${'x'.repeat(100_000)}`;
    expect((await ask(url, checkoutPath, { body })).status).toBe(413);
    expect((await ask(url, checkoutPath, { body, headers: { 'transfer-encoding': 'chunked' } })).status).toBe(
      413,
    );
  });

  test('names the methods that it takes', async () => {
    const url = await serve();
    const answer = await ask(url, checkoutPath, { method: 'DELETE' });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
    expect((await ask(url, '/-/sandbox/invoices/in_1', { form: { x: '' } })).headers.allow).toBe('GET, HEAD');
    expect((await ask(url, '/-/sandbox/clock')).headers.location).toBe('/-/sandbox/');
  });

  test('shows hostile names as text, and makes no link of a script', async () => {
    const hostile = `"><script>alert(1)</script>`;
    const script = 'javascript:alert(1)';
    const url = await serve({
      checkout: () =>
        checkout({ lines: [line({ productName: hostile, description: hostile })], cancelUrl: script }),
      portal: () => portal({ returnUrl: script, customer: { id: 'c', email: hostile, name: hostile } }),
    });
    for (const path of [checkoutPath, portalPath, `${portalPath}/email`]) {
      const { status, body } = await ask(url, path);
      expect([status, body.includes('<script'), body.includes('href="javascript')]).toEqual([
        200,
        false,
        false,
      ]);
    }
  });

  test('a fault of the sandbox itself is told to the log and shown as one', async () => {
    const told: string[] = [];
    const broken = () => {
      throw new Error('the ledger is torn');
    };
    const url = await serve({ checkout: broken }, {}, (message) => told.push(message));
    const { status, body } = await ask(url, checkoutPath);
    expect([status, body.includes('torn'), told.length]).toEqual([500, false, 1]);
  });

  test('nothing that is sent makes a 500', async () => {
    const told: string[] = [];
    const url = await serve({}, {}, (message) => told.push(message));
    const rooms = fc.constantFrom(...paths, 'clock', 'mischief', 'resend', 'portal/bps_1/cancel/sub_1');
    const word = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 30 }));
    const field = fc.constantFrom(
      ...['email', 'name', 'payment', 'card', 'number', 'expiry', 'cvc', 'account', 'iban', 'promotionCode'],
      ...['by', 'date', 'delayMs', 'copies', 'when', 'price', 'event', 'answer'],
    );
    const value = fc.oneof(
      word,
      fc.constantFrom('date', 'now', 'bank-debit', 'card', 'complete', '9999-12-31T23:59'),
    );
    await fc.assert(
      fc.asyncProperty(
        rooms,
        fc.oneof(
          fc.constant(''),
          word.map(encodeURIComponent),
          fc.constantFrom('/%', '?%ff', '/%00', '//', '?code=%'),
        ),
        fc.option(fc.oneof(fc.dictionary(field, value), word)),
        async (room, more, sent) => {
          const body = typeof sent === 'object' && sent ? new URLSearchParams(sent).toString() : sent;
          const path = `/-/sandbox/${room}${more}`;
          const { status } = await ask(url, path, body === null ? {} : { body });
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 300 },
    );
    expect(told).toEqual([]);
  });
});
