/** When two words of publishers and pages are the same: capitals, spacing and how accents are encoded don't matter. */

export const folded = (text: string): string =>
  text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/** Whether a language is the range or a variety of it: `en` holds for `en-GB`, `zh-Hant` not for `zh`. */
export const isInLanguage = (language: string, range: string): boolean => {
  const [tag, wanted] = [language.toLowerCase().replaceAll('_', '-'), range.toLowerCase()];
  return tag === wanted || tag.startsWith(`${wanted}-`);
};
