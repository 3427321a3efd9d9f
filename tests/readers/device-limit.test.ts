/** As many devices as the policy allows: the one used longest ago gives way, and its reader hears of it on both ends. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { newAddress, onBothStores } from './on-both-stores.ts';
import { type PayingSite, payingSite } from './paying-site.ts';
import { browser, mailed } from './site.ts';
import { hour, nextTurn } from './support.ts';

onBothStores((stores) => {
  let paper: PayingSite;
  let address: string;
  beforeEach(() => {
    paper = payingSite(stores(), { allowedDevices: 2 });
    address = newAddress();
  });

  const signIn = async () => {
    paper.time.now += 60_000;
    return paper.signedIn(address);
  };
  const isIn = async (here: ReturnType<typeof browser>): Promise<boolean> => {
    await nextTurn();
    return (await here.get('/-/account')).status === 200;
  };

  test('one more signs out the one used longest ago, and says which, with the way on', async () => {
    const [first, second] = [await signIn(), await signIn()];
    const third = await signIn();
    expect(third.done.status).toBe(200);
    expect(third.done.text).toContain('Signed out to make room');
    expect(third.done.text).toContain('2 devices can be signed in at a time');
    expect(third.done.text).toContain('<a class="button" href="/-/account">Read on</a>');
    expect([await isIn(first.here), await isIn(second.here), await isIn(third.here)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('what counts is when a device was used, not when it signed in', async () => {
    const [first, second] = [await signIn(), await signIn()];
    paper.time.now += 2 * hour;
    await first.here.get('/-/account');
    await signIn();
    expect([await isIn(first.here), await isIn(second.here)]).toEqual([true, false]);
  });

  test('within the number nothing is said and nobody is signed out', async () => {
    expect((await signIn()).done.status).toBe(303);
    expect((await signIn()).done.status).toBe(303);
  });

  test('signing in again in the same browser takes its own place', async () => {
    const [first, second] = [await signIn(), await signIn()];
    const again = await paper.signedIn(address, second.here);
    expect(again.done.status).toBe(303);
    expect(await isIn(first.here)).toBe(true);
  });

  test('another reader’s devices don’t count', async () => {
    const first = await signIn();
    await signIn();
    await paper.signedIn(newAddress());
    expect(await isIn(first.here)).toBe(true);
  });

  test('however many sign in at once, exactly so many stay', async () => {
    const links: string[] = [];
    for (let one = 0; one < 4; one += 1) {
      await browser(paper.app).post('/-/sign-in', { email: address });
      links.push(mailed(paper.mails.at(-1)).link);
    }
    const browsers = links.map(() => browser(paper.app));
    await Promise.all(
      browsers.map((here, place) => here.post('/-/sign-in/link', { link: links[place] ?? '' })),
    );
    const { id } = (await paper.stores.readers.byEmail(address as never)) ?? { id: '' as never };
    expect(await paper.stores.readers.devices(id)).toHaveLength(2);
  });

  describe('the browser that gave way', () => {
    test('is told why when it comes to sign in again, once', async () => {
      const first = await signIn();
      await signIn();
      await signIn();
      await nextTurn();
      expect((await first.here.get('/-/account')).status).toBe(303);
      const page = await first.here.get('/-/sign-in');
      expect(page.text).toContain('This browser was signed out');
      expect(page.text).toContain('2 devices can be signed in at a time');
      expect((await first.here.get('/-/sign-in')).text).not.toContain('was signed out');
    });

    test('hears nothing of it when its reader signed it out there', async () => {
      const { here } = await signIn();
      await here.post('/-/sign-out');
      expect((await here.get('/-/sign-in')).text).not.toContain('was signed out');
    });
  });

  test('the account says how many are allowed', async () => {
    const { here } = await signIn();
    expect((await here.get('/-/account')).text).toContain('2 devices can be signed in at a time');
  });
});
