/** What is to happen to webhooks, read from the form. */
import type { Mischief } from '../sandbox.ts';
import { typed } from './page-answer.ts';

export type MischiefField = 'delayMs' | 'copies' | 'dropOfTen';
export type MischiefFaults = Readonly<Partial<Record<MischiefField, string>>>;
export type MischiefTyped = Readonly<Record<MischiefField, string>> & { readonly shuffle: boolean };

const bounds: Readonly<Record<MischiefField, readonly [number, number]>> = {
  delayMs: [0, 600_000],
  copies: [1, 10],
  dropOfTen: [0, 10],
};

export const mischiefTyped = (form: URLSearchParams): MischiefTyped => ({
  delayMs: typed(form, 'delayMs'),
  copies: typed(form, 'copies'),
  dropOfTen: typed(form, 'dropOfTen'),
  shuffle: form.get('shuffle') === 'on',
});

export const mischiefShown = ({ delayMs, copies, dropOfTen, shuffle }: Mischief): MischiefTyped => ({
  delayMs: String(delayMs),
  copies: String(copies),
  dropOfTen: String(dropOfTen),
  shuffle,
});

export const readMischief = (given: MischiefTyped): Mischief | { readonly faults: MischiefFaults } => {
  const faults: Partial<Record<MischiefField, string>> = {};
  for (const field of ['delayMs', 'copies', 'dropOfTen'] as const) {
    const [least, most] = bounds[field];
    const value = Number(given[field]);
    if (!/^\d{1,7}$/.test(given[field]) || value < least || value > most)
      faults[field] = `A whole number from ${least} to ${most}.`;
  }
  if (Object.keys(faults).length > 0) return { faults };
  return {
    delayMs: Number(given.delayMs),
    copies: Number(given.copies),
    dropOfTen: Number(given.dropOfTen),
    shuffle: given.shuffle,
  };
};
