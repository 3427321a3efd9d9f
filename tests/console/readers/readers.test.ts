/** Readers in the console, over a whole gateway that sells: found, given and taken back, read from Stripe again, signed out. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CustomerId } from '../../../src/billing/subscription.ts';
import type { EntitlementId } from '../../../src/entitlements/entitlement.ts';
import type { ReaderId } from '../../../src/readers/reader.ts';
import { readerIn, type SellingSite, startSelling } from '../../selling/selling-site.ts';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { operatorAt, programAt } from '../../support/console-browser.ts';
import { accessOf, type Reader } from '../../support/raw-client.ts';
import { comp, dayMs, noon } from '../../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: SellingSite;
let count = 0;
beforeAll(async () => {
  origin = await startArticleOrigin();
});
beforeEach(async () => {
  site = await startSelling(origin);
});
afterEach(() => site.stop());
afterAll(() => origin.stop());

/** An article that nobody has opened yet. */
const reasonFor = async (who: Reader): Promise<string> => {
  count += 1;
  return accessOf(await who.ask(`/tidewater/probe-${count}`)).reason;
};
/** Reads until nothing is free any more. */
const exhaust = async (who: Reader): Promise<void> => {
  for (let each = 0; each < 6; each += 1) await reasonFor(who);
};
const buyer = async (email = 'ann@example.com') => {
  const who = await site.visitor();
  const { customer } = await site.buy(who, 'monthly', { email });
  await site.signIn(who, email);
  return { who, customer, id: readerIn(who)?.sub as ReaderId };
};
const audited = async (limit = 3) =>
  (await site.gateway.stores.audit.auditPage({ limit })).lines.map(({ what, about, changed }) => ({
    what,
    about,
    changed,
  }));
const pageOf = (id: string): string => `/-/console/readers/${id}`;

describe('a reader is found', () => {
  test('by address, number, id and customer, and a beginning lists those who begin so', async () => {
    const { id, customer } = await buyer();
    await site.account('anna@example.com');
    await site.account('zoe@example.com');
    const desk = await operatorAt(site, 'viewer');
    for (const search of ['ann@example.com', ' ANN@example.com ', `reader.${id}`, id, customer]) {
      const answer = await desk.post('/-/console/readers/find', { search });
      expect([search, answer.status, answer.headers.location]).toEqual([search, 303, pageOf(id)]);
    }
    const narrowed = await desk.post('/-/console/readers/find', { search: 'Ann', holds: '', only: '' });
    expect(narrowed.status).toBe(303);
    expect(narrowed.headers.location).not.toContain('nn%40');
    const { text } = await desk.get(String(narrowed.headers.location));
    expect(text).toContain('ann@example.com');
    expect(text).toContain('anna@example.com');
    expect(text).not.toContain('zoe@example.com');
    const nobody = await desk.post('/-/console/readers/find', { search: 'nobody-of-this-name' });
    expect(nobody.status).toBe(404);
    expect(nobody.text).toContain('Nobody’s address begins with');
  });

  test('a list is paged by readers and never by addresses, and a filter leaves those whom it names', async () => {
    for (let each = 10; each < 70; each += 1)
      await site.account(
        `reader-${each}@example.com`,
        each % 2 ? [comp('all', noon - dayMs, noon + dayMs)] : [],
      );
    await site.account('past@example.com', [comp('all', noon - 2 * dayMs, noon - dayMs)]);
    const { id } = await site.account('owing@example.com', [
      { ...comp('other', noon - dayMs, noon + dayMs), source: 'subscription', paymentDue: true },
    ]);
    const desk = await operatorAt(site, 'viewer');
    const listed = async (query: string): Promise<readonly string[]> => {
      const seen: string[] = [];
      for (let at: string | undefined = `/-/console/readers${query}`; at; ) {
        const { status, text }: { status: number; text: string } = await desk.get(at);
        expect(status).toBe(200);
        seen.push(...[...text.matchAll(/<bdi>([\w-]+@example\.com)<\/bdi>/g)].map(([, email = '']) => email));
        at = /href="([^"]+)">(?:Further|Go on looking)</.exec(text)?.[1]?.replaceAll('&amp;', '&');
        expect(at ?? '').not.toContain('example');
      }
      return seen;
    };
    expect(await listed('')).toHaveLength(62);
    expect(await listed('?holds=all')).toHaveLength(30);
    expect(await listed('?only=comp&holds=other')).toEqual([]);
    expect(await listed('?only=owed')).toEqual(['owing@example.com']);
    expect((await desk.get(`/-/console/readers?after=${id}x`)).text).toContain('it begins anew');
    for (const odd of [
      '?holds=%00',
      '?like=%F0&letters=9e9',
      '?after[]=a',
      '?only=all',
      `?after=${'x'.repeat(3000)}`,
    ])
      expect([odd, (await desk.get(`/-/console/readers${odd}`)).status]).toEqual([odd, 200]);
  });
});

describe('a comp', () => {
  test('from the reader’s page holds with the very next request and ends with its last day; taken back, it is gone', async () => {
    const who = site.reader();
    await site.signIn(who, 'ben@example.com');
    await exhaust(who);
    expect(await reasonFor(who)).toBe('meter-exhausted');
    const id = readerIn(who)?.sub as ReaderId;
    const desk = await operatorAt(site, 'editor');
    const given = await desk.post(`${pageOf(id)}/comp`, { product: 'all', until: '2026-11-25' });
    expect([given.status, given.headers.location]).toEqual([303, `${pageOf(id)}?done=given`]);
    expect(await reasonFor(who)).toBe('comp');
    expect(await site.gateway.stores.entitlements.of(id)).toMatchObject([
      { id: 'comp:all', endsAt: Date.parse('2026-11-26T00:00:00Z') },
    ]);
    expect(await audited(1)).toEqual([
      { what: 'grant', about: [id, 'comp:all'], changed: 'comp of all until 2026-11-26T00:00:00.000Z' },
    ]);
    expect((await desk.get(`${pageOf(id)}?done=given`)).text).toContain('Yes, take back Everything');
    const back = await desk.post(`${pageOf(id)}/revoke`, { entitlement: 'comp:all' });
    expect(back.headers.location).toBe(`${pageOf(id)}?done=revoked`);
    expect(await reasonFor(who)).toBe('meter-exhausted');
    expect((await audited(1))[0]).toMatchObject({ what: 'revoke', about: [id, 'comp:all'] });
    expect((await desk.post(`${pageOf(id)}/revoke`, { entitlement: 'comp:all' })).status).toBe(409);
    expect(JSON.stringify(await audited(50))).not.toContain('ben@example.com');
  });

  test('for an address that nobody has used yet is there when somebody proves it', async () => {
    const desk = await operatorAt(site, 'editor');
    const form = { email: 'Cara@Example.com', product: 'all', until: '2027-01-31' };
    const given = await desk.post('/-/console/readers/comp', form);
    expect(given.status).toBe(303);
    const who = site.reader();
    await site.signIn(who, 'cara@example.com');
    expect(await reasonFor(who)).toBe('comp');
    expect(given.headers.location).toBe(`${pageOf(readerIn(who)?.sub ?? '')}?done=given`);
    expect((await desk.get(String(given.headers.location))).status).toBe(200);
  });

  test('that makes no sense is refused at its field, and nothing is changed', async () => {
    const desk = await operatorAt(site, 'editor');
    const { id } = await site.account('dan@example.com');
    const before = await audited();
    const wrong = [
      [{ email: 'dan@', product: 'all', until: '2027-01-31' }, 'comp-email'],
      [{ email: 'dan@example.com', product: 'nothing', until: '2027-01-31' }, 'comp-product'],
      [{ email: 'dan@example.com', product: 'all', until: '2026-11-22' }, 'comp-until'],
      [{ email: 'dan@example.com', product: 'all', until: '2027-02-30' }, 'comp-until'],
      [{ email: 'dan@example.com', product: 'all', until: '9999-12-31' }, 'comp-until'],
      [{}, 'comp-email'],
    ] as const;
    for (const [form, field] of wrong) {
      const answer = await desk.post('/-/console/readers/comp', form);
      expect([form, answer.status]).toEqual([form, 422]);
      const [tag = ''] = new RegExp(`<(?:input|select)[^>]*id="${field}"[^>]*>`).exec(answer.text) ?? [];
      expect(tag).toContain('aria-invalid="true"');
      expect(tag).toContain('aria-describedby="comp-fault"');
    }
    expect((await desk.post(`${pageOf(id)}/comp`, { product: 'all' })).status).toBe(422);
    expect(
      (await desk.post(`${pageOf('nobody')}/comp`, { product: 'all', until: '2027-01-31' })).status,
    ).toBe(404);
    expect(await site.gateway.stores.entitlements.of(id)).toEqual([]);
    expect(await audited()).toEqual(before);
  });
});

describe('what Stripe says', () => {
  test('stands beside what the reader holds; read again, it mends what differs and tells what changed', async () => {
    const { who, customer, id } = await buyer();
    const desk = await operatorAt(site, 'editor');
    const { entitlements } = site.gateway.stores;
    const before = await desk.get(pageOf(id));
    expect(before.text).toContain(customer);
    expect(before.text).toContain('In step');
    expect(before.text).toContain('By the month');
    const [held] = await entitlements.of(id);
    await entitlements.remove(id, held?.id as EntitlementId);
    await exhaust(who);
    expect(await reasonFor(who)).toBe('meter-exhausted');
    expect((await desk.get(pageOf(id))).text).toContain('Not in step');
    const after = await desk.post(`${pageOf(id)}/resync`);
    expect(after.status).toBe(200);
    expect(after.text).toContain('Everything: let in');
    expect(await reasonFor(who)).toBe('subscription');
    expect((await audited(1))[0]).toMatchObject({ what: 'resync', about: [id, customer] });
    expect((await desk.post(`${pageOf(id)}/resync`)).text).toContain('It told nothing new');
  });

  test('can’t be taken back here', async () => {
    const { who, id } = await buyer();
    const desk = await operatorAt(site, 'owner');
    const [held] = await site.gateway.stores.entitlements.of(id);
    const answer = await desk.post(`${pageOf(id)}/revoke`, { entitlement: String(held?.id) });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('cancel the subscription');
    expect(await reasonFor(who)).toBe('subscription');
  });

  test('is asked for in vain while Stripe is down: the page says so, and nothing is changed', async () => {
    const { who, id } = await buyer();
    const desk = await operatorAt(site, 'editor');
    await fetch(`${site.sandbox.apiBase}/sandbox/faults`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${site.sandbox.secretKey}` },
      body: JSON.stringify({ kind: 'error', count: 1000, path: '/v1/' }),
    });
    const answer = await desk.post(`${pageOf(id)}/resync`);
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('Nothing was changed.');
    const byApi = await desk.api('POST', `/readers/${id}/resync`);
    expect([byApi.status, byApi.body.error.code]).toEqual([503, 'stripe-unavailable']);
    expect(await reasonFor(who)).toBe('subscription');
  });

  test('found to differ by the reconcile is told with the customers, over several runs', async () => {
    const { customer, id } = await buyer();
    const desk = await operatorAt(site, 'viewer');
    expect((await desk.get('/-/console/readers/drift')).text).toContain('Nothing was compared yet.');
    const { entitlements } = site.gateway.stores;
    const [held] = await entitlements.of(id);
    await entitlements.remove(id, held?.id as EntitlementId);
    await site.gateway.selling?.reconcile();
    await site.gateway.selling?.reconcile();
    const { text } = await desk.get('/-/console/readers/drift');
    expect(text).toContain('Nothing differed.');
    expect(text).toContain('Paid, but was stopped');
    expect(text).toContain(`/-/console/readers/customer/${customer}`);
    const led = await desk.get(`/-/console/readers/customer/${customer}`);
    expect([led.status, led.headers.location]).toEqual([303, pageOf(id)]);
    const { body } = await desk.api('GET', '/drift');
    expect(body.last).toMatchObject({ phase: 'done', differing: 0, failed: [] });
    expect(body.found).toMatchObject([{ customer, kinds: ['paid-but-stopped'] }]);
  });
});

describe('browsers and reads', () => {
  test('one browser is signed out, or all; the very next request knows', async () => {
    const [one, other] = [site.reader(), site.reader()];
    for (const each of [one, other]) await site.signIn(each, 'eve@example.com');
    const id = readerIn(one)?.sub ?? '';
    const desk = await operatorAt(site, 'editor');
    const device = readerIn(one)?.sid ?? '';
    const answer = await desk.post(`${pageOf(id)}/sign-out`, { device });
    expect(answer.headers.location).toBe(`${pageOf(id)}?done=signed-out`);
    expect([(await one.ask('/-/account')).status, (await other.ask('/-/account')).status]).toEqual([
      303, 200,
    ]);
    expect((await audited(1))[0]).toEqual({
      what: 'sign-out-device',
      about: [id, device],
      changed: 'one browser',
    });
    expect((await desk.post(`${pageOf(id)}/sign-out`, { device })).status).toBe(409);
    await desk.post(`${pageOf(id)}/sign-out`, { device: 'all' });
    expect((await other.ask('/-/account')).status).toBe(303);
  });

  test('free reads of the open window are named with their articles, and looking counts nothing', async () => {
    const who = site.reader();
    await site.signIn(who, 'fay@example.com');
    await who.ask('/tidewater/first');
    await who.ask('/tidewater/second');
    const id = readerIn(who)?.sub ?? '';
    const desk = await operatorAt(site, 'viewer');
    const { text } = await desk.get(pageOf(id));
    expect(text).toContain('2 of 5 read');
    for (const place of ['explain', 'see']) {
      const [, link = ''] = new RegExp(`href="(/-/console/${place}\\?[^"]+)"`).exec(text) ?? [];
      const led = await desk.get(link);
      expect([place, led.status]).toEqual([place, 200]);
      expect(led.text).toContain('fay@example.com');
    }
    expect(text).toContain('/tidewater/first');
    const { body } = await desk.api('GET', `/readers/${id}`);
    expect(body.meters).toMatchObject([{ meter: 'main', used: 2, allowance: 5 }]);
  });
});

test('as CSV, all whom the filter leaves, harmless to a spreadsheet, and in the audit log', async () => {
  for (let each = 0; each < 60; each += 1) await site.account(`reader-${each}@example.com`);
  const { id } = await site.account('=cmd@example.com', [comp('all', noon - dayMs, noon + dayMs)]);
  const desk = await operatorAt(site, 'viewer');
  const all = await desk.get('/-/console/readers.csv');
  expect(all.headers['content-type']).toContain('text/csv');
  expect(all.text.trim().split('\r\n')).toHaveLength(62);
  const some = await desk.get('/-/console/readers.csv?only=comp');
  expect(some.text.split('\r\n')[1]).toBe(
    `${id},'=cmd@example.com,2026-11-23T12:00:00.000Z,all,comp,2026-11-24T12:00:00.000Z,no,1`,
  );
  expect(await audited(2)).toEqual([
    { what: 'export', about: [], changed: 'readers as CSV, with a comp' },
    { what: 'export', about: [], changed: 'readers as CSV' },
  ]);
  expect((await desk.api('GET', '/readers.csv?product=all')).text).toBe(some.text);
});

test('a viewer sees everything and changes nothing, by page and by call', async () => {
  const { id, who } = { ...(await buyer()) };
  const viewer = await operatorAt(site, 'viewer');
  const { text } = await viewer.get(pageOf(id));
  expect(text).not.toMatch(/<form[^>]*readers\//);
  for (const [path, fields] of [
    ['/-/console/readers/comp', { email: 'x@example.com', product: 'all', until: '2027-01-31' }],
    [`${pageOf(id)}/comp`, { product: 'all', until: '2027-01-31' }],
    [`${pageOf(id)}/revoke`, { entitlement: 'comp:all' }],
    [`${pageOf(id)}/resync`, {}],
    [`${pageOf(id)}/sign-out`, { device: 'all' }],
  ] as const)
    expect([path, (await viewer.post(path, fields)).status]).toEqual([path, 403]);
  const program = await programAt(site, 'viewer');
  for (const [method, path, body] of [
    ['POST', '/readers/comps', { email: 'x@example.com', product: 'all', until: '2027-01-31T00:00:00Z' }],
    ['POST', `/readers/${id}/comps`, { product: 'all', until: '2027-01-31T00:00:00Z' }],
    ['POST', `/readers/${id}/resync`, undefined],
    ['DELETE', `/readers/${id}/devices`, undefined],
    ['DELETE', `/readers/${id}/entitlements/comp:all`, undefined],
  ] as const)
    expect([path, (await program.api(method, path, body)).status]).toEqual([path, 403]);
  expect((await who.ask('/-/account')).status).toBe(200);
});

describe('by the management API', () => {
  test('a program finds, lists, comps, takes back and signs out', async () => {
    const { id, customer } = await buyer();
    const program = await programAt(site, 'editor');
    const found = await program.api('POST', '/readers/find', { search: customer });
    expect(found.body).toEqual({ reader: id });
    const listed = await program.api('GET', '/readers?product=all&limit=1');
    expect(listed.body).toMatchObject({ readers: [{ id, email: 'ann@example.com' }], lookedAt: 1 });
    expect(listed.body.next).toBeUndefined();
    const given = await program.api('POST', '/readers/comps', {
      email: 'gus@example.com',
      product: 'other',
      until: '2027-01-31T12:00:00+01:00',
    });
    expect(given.body).toMatchObject({ entitlement: 'comp:other' });
    const gus = given.body.reader;
    expect((await program.api('GET', `/readers/${gus}`)).body.entitlements).toMatchObject([
      { id: 'comp:other', endsAt: '2027-01-31T11:00:00.000Z', standing: 'active', ours: true },
    ]);
    const first = await program.api('GET', '/readers?limit=1');
    const second = await program.api('GET', `/readers?limit=1&after=${first.body.next}`);
    expect(second.body.readers).toMatchObject([{ id: gus }]);
    expect((await program.api('DELETE', `/readers/${gus}/entitlements/comp:other`)).body).toEqual({
      revoked: 'comp:other',
    });
    const of = (await site.gateway.stores.entitlements.of(id))[0]?.id ?? '';
    const stripes = await program.api('DELETE', `/readers/${id}/entitlements/${encodeURIComponent(of)}`);
    expect([stripes.status, stripes.body.error.code]).toEqual([409, 'entitlement-of-stripe']);
    const devices = await program.api('GET', `/readers/${id}/devices`);
    const count = devices.body.devices.length;
    expect(count).toBeGreaterThan(0);
    const one = await program.api('DELETE', `/readers/${id}/devices/${devices.body.devices[0].id}`);
    expect(one.body).toEqual({ signedOut: 1 });
    expect((await program.api('DELETE', `/readers/${id}/devices`)).body).toEqual({ signedOut: count - 1 });
    expect((await program.api('POST', `/readers/${id}/resync`)).body).toMatchObject({
      customers: [customer],
      changes: [],
    });
  });

  test('what can’t be is refused with its code', async () => {
    const program = await programAt(site, 'editor');
    const { id } = await site.account('hal@example.com');
    const until = '2027-01-31T00:00:00Z';
    for (const [method, path, body, status, code] of [
      ['GET', '/readers/nobody', undefined, undefined, 'reader-unknown'],
      ['GET', '/readers?after=nobody', undefined, undefined, 'reader-unknown'],
      ['POST', '/readers/nobody/comps', { product: 'all', until }, undefined, 'reader-unknown'],
      ['POST', '/readers/nobody/resync', undefined, undefined, 'reader-unknown'],
      ['POST', `/readers/${id}/resync`, undefined, 409, 'customer-unknown'],
      ['POST', `/readers/${id}/comps`, { product: 'none', until }, 422, 'product-unknown'],
      [
        'POST',
        `/readers/${id}/comps`,
        { product: 'all', until: '2020-01-01T00:00:00Z' },
        422,
        'comp-end-invalid',
      ],
      ['POST', `/readers/${id}/comps`, { product: 'all', until: 'soon' }, 400, 'request-invalid'],
      ['POST', '/readers/comps', { email: 'hal@', product: 'all', until }, 400, 'request-invalid'],
      ['DELETE', `/readers/${id}/entitlements/comp:all`, undefined, 404, 'entitlement-unknown'],
      ['DELETE', `/readers/${id}/devices/none`, undefined, 404, 'device-unknown'],
    ] as const) {
      const answer = await program.api(method, path, body);
      expect([path, answer.body.error.code]).toEqual([path, code]);
      if (status) expect([path, answer.status]).toEqual([path, status]);
    }
  });
});

test('an erased reader is in no list any more, and their page says so', async () => {
  const { id, who, customer } = await buyer();
  await site.post(who, '/-/account/erase', { cancel: 'yes' });
  await site.settled();
  const desk = await operatorAt(site, 'viewer');
  expect((await desk.get('/-/console/readers')).text).not.toContain('ann@example.com');
  expect((await desk.get(pageOf(id))).status).toBe(404);
  expect((await site.gateway.stores.customers.customer(customer as CustomerId))?.owner).toBeUndefined();
  expect((await desk.get(`/-/console/readers/customer/${customer}`)).status).toBe(404);
});
