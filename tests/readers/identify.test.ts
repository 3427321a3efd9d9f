import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDeviceView } from '../../src/readers/device-view.ts';
import { type Asking, createIdentify, type Identity } from '../../src/readers/identify.ts';
import { cookieNames, cookieValues } from '../../src/readers/reader-cookies.ts';
import { createRenewToken } from '../../src/readers/renew-token.ts';
import {
  day,
  did,
  entitlement,
  hour,
  type Machine,
  machine,
  nextTurn,
  noon,
  rid,
  secretKey,
  temporaryFolder,
} from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
let here: Machine;
beforeEach(() => {
  folder = temporaryFolder();
  here = machine({ directory: folder.path });
});
afterEach(() => {
  here.close();
  folder.remove();
});

const asking = (more: Partial<Asking> = {}): Asking => ({
  cookieHeader: undefined,
  authorization: undefined,
  clientAddress: '192.0.2.7',
  secure: true,
  ...more,
});

/** A reader signed in on one device; the token is as long as the real ones. */
const signedIn = async (device = 'device-1') => {
  const record = { id: did(device), reader: rid('reader-1'), createdAt: noon, lastSeenAt: noon, label: '' };
  await here.store.putDevice(record);
  const facts = {
    reader: record.reader,
    device: record.id,
    entitlements: [entitlement('all', noon + 30 * day)],
    ttlSeconds: 3600,
  };
  return here.tokens.sign(facts, noon);
};
const withReader = (token: string, rest = '') => asking({ cookieHeader: `__Host-gf_reader=${token}${rest}` });
const cookieOf = (identity: Identity, name: string): string | undefined =>
  identity.setCookies
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(';')[0];

describe('a visitor', () => {
  test('is new without a cookie, and the same one with it, counted with their network', async () => {
    const first = await here.identify(asking(), noon);
    expect(first.asker).toMatchObject({ newVisitor: true, meterSubject: `v:${first.asker.visitor}` });
    expect(first.asker.meterSlot).toBe(here.networkTagOf('192.0.2.7', noon));
    const cookieHeader = `theme=dark; __Host-gf_visitor=${cookieOf(first, '__Host-gf_visitor')}; a=b`;
    const elsewhere = await here.identify(
      asking({ cookieHeader, clientAddress: '198.51.100.1' }),
      noon + 40 * day,
    );
    expect(elsewhere.asker).toEqual({ ...first.asker, newVisitor: false });
    expect(elsewhere.setCookies).toEqual([]);
  });

  test('gets a cookie that scripts can’t read, other sites don’t send and sibling domains can’t set', async () => {
    const [cookie] = (await here.identify(asking(), noon)).setCookies;
    expect(cookie).toMatch(
      /^__Host-gf_visitor=[\w.-]+; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const [plain] = (await here.identify(asking({ secure: false }), noon)).setCookies;
    expect(plain).toMatch(/^gf_visitor=[\w.-]+; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test('with a forged cookie beside the real one is the real one', async () => {
    const real = cookieOf(await here.identify(asking(), noon), '__Host-gf_visitor');
    const cookieHeader = `__Host-gf_visitor=forged.AAAAAAAAAAAAAAAAAAAAAA.x; __Host-gf_visitor=${real}`;
    expect((await here.identify(asking({ cookieHeader }), noon)).asker.newVisitor).toBe(false);
  });

  test('on https is not named by the cookie that http could have set', async () => {
    const real = cookieOf(await here.identify(asking(), noon), '__Host-gf_visitor');
    expect((await here.identify(asking({ cookieHeader: `gf_visitor=${real}` }), noon)).asker.newVisitor).toBe(
      true,
    );
  });
});

describe('a reader', () => {
  test('is who the token names, answered at once when the device is known', async () => {
    const token = await signedIn();
    const first = await here.identify(withReader(token), noon);
    const second = here.identify(withReader(token), noon);
    expect(second).not.toBeInstanceOf(Promise);
    expect(second).toEqual(first);
    expect(first.asker).toMatchObject({
      reader: { id: 'reader-1', device: 'device-1', snapshot: [{ product: 'all', endsAt: noon + 30 * day }] },
      newVisitor: false,
      meterSubject: 'r:reader-1',
      meterSlot: 'reader-1',
    });
    expect(first.setCookies).toEqual([]);
  });

  test('with two cookies of one name is whom the first good one names', async () => {
    const token = await signedIn();
    const cookieHeader = `__Host-gf_reader=garbage; __Host-gf_reader=${token}`;
    expect((await here.identify(asking({ cookieHeader }), noon)).asker.reader?.id).toBe('reader-1');
  });

  test('with a token nobody signed becomes a visitor, and the cookie is taken away', async () => {
    const identity = await here.identify(withReader('garbage'), noon);
    expect(identity.asker.reader).toBeUndefined();
    expect(identity.setCookies[0]).toMatch(
      /^__Host-gf_reader=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test('whose key this instance doesn’t know yet keeps the cookie', async () => {
    const other = machine({ directory: folder.path, keys: [secretKey('k2', 9)] });
    const facts = { reader: rid('r'), device: did('d'), entitlements: [], ttlSeconds: 3600 };
    const identity = await here.identify(withReader(other.tokens.sign(facts, noon)), noon);
    other.close();
    expect(cookieOf(identity, '__Host-gf_reader')).toBeUndefined();
    expect(identity.asker.reader).toBeUndefined();
  });
});

describe('an app', () => {
  const bearer = (token: string, cookie?: string) =>
    asking({ authorization: `Bearer ${token}`, cookieHeader: cookie });

  test('is named by its token, whatever the cookie says', async () => {
    const token = await signedIn();
    const identity = await here.identify(bearer(token, '__Host-gf_reader=garbage'), noon);
    expect(identity).toMatchObject({ bearer: true, asker: { reader: { id: 'reader-1' } }, setCookies: [] });
  });

  test('is told what is wrong with its token, which is never renewed', async () => {
    const token = await signedIn();
    expect(await here.identify(bearer('garbage', `__Host-gf_reader=${token}`), noon)).toMatchObject({
      tokenFault: 'token-invalid',
    });
    const expired = await here.identify(bearer(token), noon + hour);
    expect(expired).toMatchObject({ tokenFault: 'token-expired', bearer: true });
    expect(cookieOf(expired, '__Host-gf_reader')).toBeUndefined();
    await here.store.revokeDevice(did('device-1'));
    expect(await here.identify(bearer(token), noon)).toMatchObject({ tokenFault: 'device-signed-out' });
  });

  test('with a scheme that isn’t ours leaves the cookie to speak', async () => {
    const identity = await here.identify(
      { ...withReader(await signedIn()), authorization: 'Basic Zm9vOmJhcg==' },
      noon,
    );
    expect(identity).toMatchObject({ bearer: false, asker: { reader: { id: 'reader-1' } } });
  });
});

describe('a revoked device', () => {
  test('stops while its token is valid, at the very next request', async () => {
    const token = await signedIn();
    expect((await here.identify(withReader(token), noon)).asker.reader).toBeDefined();
    await here.store.revokeDevice(did('device-1'));
    const after = await here.identify(withReader(token), noon + 1);
    expect(after.asker.reader).toBeUndefined();
    expect(cookieOf(after, '__Host-gf_reader')).toBe('');
  });

  test('stops on another instance too', async () => {
    const token = await signedIn();
    const other = machine({ directory: folder.path });
    expect((await other.identify(withReader(token), noon)).asker.reader).toBeDefined();
    await here.store.revokeDevice(did('device-1'));
    await nextTurn();
    expect((await other.identify(withReader(token), noon + 1)).asker.reader).toBeUndefined();
    other.close();
  });

  test('stops even when the revocation comes while the device is being looked up', async () => {
    const token = await signedIn();
    const answers: (() => void)[] = [];
    const slow: typeof here.store.device = async (id) => {
      const record = await here.store.device(id);
      await new Promise<void>((resolve) => answers.push(resolve));
      return record;
    };
    const devices = createDeviceView({
      store: { ...here.store, device: slow },
      generation: () => 0,
      clock: here.clock,
    });
    const identify = createIdentify({ ...here, devices });
    const asked = identify(withReader(token), noon);
    await nextTurn();
    await here.store.revokeDevice(did('device-1'));
    answers[0]?.();
    await asked;
    const next = identify(withReader(token), noon);
    await nextTurn();
    answers[1]?.();
    expect((await next).asker.reader).toBeUndefined();
  });

  test('of one reader is no device of another', async () => {
    await signedIn();
    const facts = { reader: rid('reader-2'), device: did('device-1'), entitlements: [], ttlSeconds: 3600 };
    expect(
      (await here.identify(withReader(here.tokens.sign(facts, noon)), noon)).asker.reader,
    ).toBeUndefined();
  });
});

describe('an expired token', () => {
  test('is renewed quietly from its device’s record, with what the reader is entitled to now', async () => {
    const token = await signedIn();
    await here.entitlements.put(rid('reader-1'), entitlement('new', noon + 60 * day));
    const later = noon + 20 * day;
    const identity = await here.identify(withReader(token), later);
    expect(identity.asker.reader).toMatchObject({ id: 'reader-1', snapshot: [{ product: 'new' }] });
    const renewed = cookieOf(identity, '__Host-gf_reader') ?? '';
    expect(here.tokens.verify(renewed, later + hour - 1).kind).toBe('valid');
    expect(await here.store.device(did('device-1'))).toMatchObject({ lastSeenAt: later });
  });

  test('brought by all requests of a page at once is renewed once', async () => {
    const token = await signedIn();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => here.identify(withReader(token), noon + day)),
    );
    expect(new Set(all.map((identity) => cookieOf(identity, '__Host-gf_reader'))).size).toBe(1);
  });

  test('of a revoked device is taken away, not renewed', async () => {
    const token = await signedIn();
    await here.store.revokeDevice(did('device-1'));
    const identity = await here.identify(withReader(token), noon + day);
    expect(identity.asker.reader).toBeUndefined();
    expect(cookieOf(identity, '__Host-gf_reader')).toBe('');
  });

  test('is not renewed after ninety days', async () => {
    const token = await signedIn();
    expect((await here.identify(withReader(token), noon + 90 * day - 1)).asker.reader).toBeDefined();
    expect((await here.identify(withReader(token), noon + 90 * day)).asker.reader).toBeUndefined();
  });
});

describe('when the store can’t be asked', () => {
  const down = () => Promise.reject(new Error('the store is down'));

  const identifyWhileDown = () => {
    const store = { ...here.store, device: down, putDevice: down };
    const devices = createDeviceView({ store, generation: () => 0, clock: here.clock });
    return createIdentify({ ...here, devices, renew: createRenewToken({ ...here, store, devices }) });
  };

  test('a valid token is believed', async () => {
    const token = await signedIn();
    expect((await identifyWhileDown()(withReader(token), noon)).asker.reader?.id).toBe('reader-1');
  });

  test('an expired one is believed for three days and kept for later', async () => {
    const token = await signedIn();
    const identify = identifyWhileDown();
    const soon = await identify(withReader(token), noon + hour + 3 * day - 1);
    expect(soon.asker.reader?.id).toBe('reader-1');
    const late = await identify(withReader(token), noon + hour + 3 * day);
    expect(late.asker.reader).toBeUndefined();
    for (const identity of [soon, late]) expect(cookieOf(identity, '__Host-gf_reader')).toBeUndefined();
    expect(here.faults).toHaveLength(2);
  });

  test('the next answer counts again once it is back', async () => {
    const token = await signedIn();
    let isDown = true;
    const device: typeof here.store.device = (id) => (isDown ? down() : here.store.device(id));
    // Another instance signed it out, and the announcement was lost.
    const store = { ...here.store, device, onRevoked: () => undefined };
    const devices = createDeviceView({ store, generation: () => 0, clock: here.clock });
    const identify = createIdentify({ ...here, devices });
    await here.store.revokeDevice(did('device-1'));
    expect((await identify(withReader(token), noon)).asker.reader).toBeDefined();
    isDown = false;
    expect((await identify(withReader(token), noon)).asker.reader).toBeUndefined();
  });

  test('a device that the store said is signed out stays so, though its connection was lost and its token is over', async () => {
    const token = await signedIn();
    let isDown = false;
    let generation = 0;
    const device: typeof here.store.device = (id) => (isDown ? down() : here.store.device(id));
    const store = { ...here.store, device, onRevoked: () => undefined };
    const devices = createDeviceView({ store, generation: () => generation, clock: here.clock });
    const identify = createIdentify({
      ...here,
      devices,
      renew: createRenewToken({ ...here, store, devices }),
    });
    await here.store.revokeDevice(did('device-1'));
    expect((await identify(withReader(token), noon)).asker.reader).toBeUndefined();
    [isDown, generation] = [true, 1];
    expect((await identify(withReader(token), noon)).asker.reader).toBeUndefined();
    expect((await identify(withReader(token), noon + 2 * hour)).asker.reader).toBeUndefined();
  });
});

describe('reading cookies', () => {
  test.each([
    ['gf_reader=a', ['a']],
    ['x=1; gf_reader=a; y=2', ['a']],
    ['x=1;gf_reader=a', ['a']],
    [' \tgf_reader=a \t;', ['a']],
    ['gf_reader=a; gf_reader=b', ['a', 'b']],
    ['gf_reader=', ['']],
    ['gf_reader', []],
    ['xgf_reader=a', []],
    ['gf_reader2=a', []],
    ['GF_READER=a', []],
    ['x=gf_reader=a', []],
    ['x="; gf_reader=a"', ['a"']],
    [';;;', []],
    ['', []],
  ])('%j', (header, values) => {
    expect(cookieValues(header, cookieNames(false).reader)).toEqual(values);
  });

  test('looks at eight of one name and no more', () => {
    expect(cookieValues('gf_reader=x;'.repeat(1000), 'gf_reader')).toHaveLength(8);
  });
});
