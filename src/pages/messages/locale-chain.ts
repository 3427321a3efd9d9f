/** A language tag and its ever more general forms. */

const tag = /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,6}$/i;

/** `de-AT` → `['de-AT', 'de']`; empty for anything that isn't a language tag. */
export const localeChain = (locale: string): readonly string[] => {
  if (!tag.test(locale) || !isKnownToIntl(locale)) return [];
  const parts = locale.split('-');
  const chain = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  // Cut within an extension (`en-u` of `en-u-ca-buddhist`), a tag is none.
  return chain.filter(isKnownToIntl);
};

/** Tags of the right shape may still be refused by Intl (a repeated variant), which throws wherever they're used. */
const isKnownToIntl = (locale: string): boolean => {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
};
