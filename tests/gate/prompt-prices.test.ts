/** Prices at the cut: an article is served without them at once, and anew once they are known. */
import { expect, test } from '@jest/globals';
import type { Article } from '../../src/article/article.ts';
import { createOffer } from '../../src/billing/offer.ts';
import { createPromptOffer } from '../../src/billing/prompt-offer.ts';
import { createCatalogue } from '../../src/gate/catalogue.ts';
import type { DecisionCode } from '../../src/gate/decision-code.ts';
import { createReadyForms, type FormRequest } from '../../src/gate/ready-forms.ts';
import { policy, prices } from '../billing/shop.ts';
import { messagesIn } from '../pages/example-facts.ts';

const article = {
  id: '/a',
  path: '/a',
  title: 'A',
  publication: 'lamp',
  tags: [],
  authors: [],
  language: 'en',
} as unknown as Article;

const request = (decision: object): FormRequest =>
  ({
    page: { article, hash: 'h', status: 200, carried: [], form: { kind: 'html' }, contentType: 'text/html' },
    ruling: {
      rule: 'otherwise',
      outcome: { access: 'locked', products: ['all'], cutoff: {} },
      cut: {
        form: 'html',
        page: {
          kind: 'parts',
          parts: {
            amp: false,
            preview: { head: '<p>', tail: '</p>' },
            full: { head: '', body: 'whole', tail: '' },
          },
        },
      },
      rules: { policy: { ...policy(), version: 'v', preview: {}, publications: [] }, messages: messagesIn },
    },
    decision,
    registered: false,
    coding: 'identity',
  }) as unknown as FormRequest;

const deny = request({ outcome: 'preview', reason: 'locked', prompt: 'subscribe', products: ['all'] });
const grant = request({ outcome: 'full', reason: 'open' });

test('an article never waits for a price: its prompt comes without, and with it when Stripe has answered', async () => {
  let answer = (): void => undefined;
  const stripe = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const clock = () => 0;
  const offer = createOffer({
    billing: { prices: () => stripe.then(() => prices) },
    policy,
    clock,
    warn: () => undefined,
    report: () => undefined,
  });
  const readyForm = createReadyForms({
    catalogue: createCatalogue(),
    cardsOnFull: false,
    maxBytes: 1_000_000,
    codeOf: () => 'k7f3-2m9q-b4xz' as DecisionCode,
    promptOffer: createPromptOffer({ offer, clock }),
  });
  const html = async (asked: FormRequest) => (await readyForm(asked)).body.toString();
  const [first, whole] = [await html(deny), await readyForm(grant)];
  expect(first).toContain('Monthly');
  expect(first).not.toContain('€');
  expect(await html(deny)).toBe(first);
  answer();
  await offer.prices();
  expect(await html(deny)).toContain('€9 a month');
  const kept = await readyForm(deny);
  expect(await readyForm(deny)).toBe(kept);
  // What holds no price is not made again for one.
  expect(await readyForm(grant)).toBe(whole);
});
