/** What a form of the console comes to when it is read: fields of the policy, or what is wrong with it. */
import type { FormFault } from './form-again.ts';

export type FormRead<Fields> =
  | { readonly kind: 'ok'; readonly fields: Fields }
  | { readonly kind: 'faulty'; readonly faults: readonly FormFault[] };

/** Undefined for what is no whole number. */
export const wholeNumber = (text: string): number | undefined =>
  /^-?\d{1,12}$/.test(text) ? Number(text) : undefined;
