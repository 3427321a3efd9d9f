/** What a language tag says about a page: whether it is one at all, and which way it runs. */

/** The tag as BCP 47 writes it, or undefined when it isn't one. */
export const canonicalLanguage = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
};

/** By the script that the language is usually written in, so that `ur`, `ckb` and `az-Arab` come out right too. */
export const directionOf = (language: string): 'ltr' | 'rtl' => {
  const canonical = canonicalLanguage(language);
  const script = canonical === undefined ? undefined : new Intl.Locale(canonical).maximize().script;
  return script !== undefined && RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr';
};

const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);
