/** Which locale a page writes its numbers and dates in; its words are English. */

/** The page's own, where the site asked for one; else the first that the browser names; else English. */
export const localeChoice = (asked: string | undefined, acceptLanguage: string | undefined): string =>
  usable(asked) ?? usable(acceptLanguage?.split(',', 1)[0]?.split(';', 1)[0]?.trim()) ?? 'en';

/** `auto` is Stripe's word for "the browser's". */
const usable = (tag: string | undefined): string | undefined => {
  if (!tag || tag === 'auto' || !/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
};
