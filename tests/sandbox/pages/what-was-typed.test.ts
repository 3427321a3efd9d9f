/** The pure rules of the sandbox's pages: money, clock steps, cards. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCard } from '../../../src/sandbox/pages/card-typed.ts';
import { clockSteps, readClock } from '../../../src/sandbox/pages/clock-typed.ts';
import { dateText } from '../../../src/sandbox/pages/date-text.ts';
import { everyText, priceText } from '../../../src/sandbox/pages/line-text.ts';
import { localeChoice } from '../../../src/sandbox/pages/locale-choice.ts';
import { moneyText } from '../../../src/sandbox/pages/money-text.ts';
import { withRefusal } from '../../../src/sandbox/pages/refusal-text.ts';
import { grouped } from '../../../src/sandbox/pages/test-numbers.ts';
import { line } from './example-views.ts';

describe('money', () => {
  test.each([
    [900, 'eur', 'en', '€9.00'],
    [900, 'EUR', 'de', '9,00\u00a0€'],
    [980, 'jpy', 'en', '¥980'],
    [12345, 'krw', 'en', '₩12,345'],
    [5000, 'kwd', 'en', 'KWD\u00a05.000'],
    [500, 'ugx', 'en', 'UGX\u00a05'],
    [500, 'isk', 'en', 'ISK\u00a05'],
    [5, 'nonsense', 'en', '0.05 nonsense'],
  ])('%d of %s in %s is %s', (amount, currency, locale, text) => {
    expect(moneyText(amount, currency, locale)).toBe(text);
  });

  test('a price is of all of a quantity, with its rhythm', () => {
    expect(priceText(line({ quantity: 3 }), 'en')).toBe('€27.00 a month');
    expect(priceText(line({ intervalCount: 3 }), 'en')).toBe('€9.00 every 3 months');
    expect(everyText({ interval: 'year' })).toBe('every year');
  });
});

describe('the clock', () => {
  const at = (text: string): number => Date.parse(`${text}T10:00:00Z`);

  test.each([
    ['2026-01-31', 'month', '2026-02-28'],
    ['2024-01-31', 'month', '2024-02-29'],
    ['2024-02-29', 'year', '2025-02-28'],
    ['2026-12-15', 'month', '2027-01-15'],
  ])('from %s a %s on is %s', (from, by, to) => {
    expect(readClock(by, '', at(from), undefined)).toEqual({ kind: 'to', at: at(to) });
  });

  test('whatever is asked, it never goes back', () => {
    const moment = fc.integer({ min: 0, max: 8e12 });
    const by = fc.constantFrom<string>(...clockSteps, 'next', 'date', 'nonsense');
    fc.assert(
      fc.property(by, fc.string(), moment, fc.option(moment, { nil: undefined }), (step, date, now, due) => {
        const reading = readClock(step, date, now, due);
        expect(reading.kind === 'faulty' || reading.at >= now).toBe(true);
      }),
    );
  });

  test('a date that no calendar has is written all the same', () => {
    expect(dateText(Number.NaN, 'en')).toBe('an unknown day');
    expect(dateText(9e15, 'en')).toBe('an unknown day');
  });
});

describe('a card', () => {
  test.each([
    ['12 / 34', 12, 34],
    ['1/2034', 1, 2034],
    ['01-34', 1, 34],
    ['1234', 12, 34],
  ])('expires %s in month %d of year %d', (expiry, expMonth, expYear) => {
    expect(readCard({ picked: 'typed', number: '1', expiry, cvc: '1' })).toMatchObject({
      card: { expMonth, expYear },
    });
  });

  test('numbers are shown in the groups that stand on cards', () => {
    expect(grouped('4242424242424242')).toBe('4242 4242 4242 4242');
    expect(grouped('378282246310005')).toBe('3782 822463 10005');
  });
});

test('a locale is used only where Intl can write in it', () => {
  expect(localeChoice('auto', 'pt-BR;q=0.9, en')).toBe('pt-BR');
  expect(localeChoice('x', 'also not one')).toBe('en');
  fc.assert(
    fc.property(fc.string(), fc.string(), (asked, header) => {
      expect(() => new Intl.NumberFormat(localeChoice(asked, header))).not.toThrow();
    }),
  );
});

test('a refusal is laid onto any address', () => {
  const refusal = { code: 'card_declined', message: 'x' };
  expect(withRefusal('/a', refusal)).toBe('/a?refused=card_declined');
  expect(withRefusal('/a?b=c#d', { ...refusal, declineCode: 'lost_card' })).toBe(
    '/a?b=c&refused=lost_card#d',
  );
});
